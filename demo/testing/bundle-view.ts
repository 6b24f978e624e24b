import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

/** The element as a site would serve it: an entry and the parts it loads when seen. */
export async function bundleView(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "view-"));
  await build({
    configFile: false,
    logLevel: "error",
    root: join(import.meta.dirname, "../view"),
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2024",
      lib: { entry: "sprintcast-live.ts", formats: ["es"], fileName: "sprintcast-live" },
    },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
