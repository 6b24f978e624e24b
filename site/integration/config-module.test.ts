import { expect, test } from "vitest";
import { configModule } from "./config-module.ts";

const id = "virtual:sprintcast/config";

/** A filter of the bundler, and what it calls where that matches. */
interface Hook {
  filter: { id: RegExp };
  handler(id: string): string;
}

function hooksFor(folder: string): [Hook, Hook] {
  const folders = { content: folder, cache: `${folder}/b`, publicDir: `${folder}/c` };
  const { resolveId, load } = configModule(folders) as unknown as { resolveId: Hook; load: Hook };
  return [resolveId, load];
}

test.each([
  "/home/team/content",
  "C:\\Users\\team\\new\\content",
  `/it's "quoted" \`\${1}\` </script>/content`,
  "/line\nbreak\u2028/👩‍👩‍👧/سبرنت",
])("the pages read the folder %j as it is", async (folder) => {
  const [resolve, load] = hooksFor(folder);
  const found = resolve.handler(id);
  expect(load.filter.id.test(found)).toBe(true);
  const module = await import(`data:text/javascript,${encodeURIComponent(load.handler(found))}`);
  expect({ ...module }).toEqual({ content: folder, cache: `${folder}/b`, publicDir: `${folder}/c` });
});

test("no other module is answered in its place", () => {
  const [resolve, load] = hooksFor("/content");
  expect(resolve.filter.id.test(id)).toBe(true);
  for (const other of [`${id}s`, `./${id}`, `${id}?raw`, "sprintcast/config", id.toUpperCase()])
    expect(resolve.filter.id.test(other), other).toBe(false);
  // What a bundler makes up begins with a null byte, so that nobody looks for it on the disk.
  expect(load.filter.id.test(id)).toBe(false);
});
