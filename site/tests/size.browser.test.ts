import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildSite } from "../testing/build-site.ts";
import { makeContent } from "../testing/make-content.ts";

const allowed = 200_000;
/** As long as titles of public projects are: 50 letters at the median. */
const title = (index: number) => `Checkout keeps the basket when a session times out ${index}`;

it("a sprint of 157 cards has pages of at most 200 KB, not compressed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-size-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [content, out, cache] = [join(folder, "content"), join(folder, "dist"), join(folder, "cache")];
  await makeContent(content, { sprints: 1, cards: 157, title });
  await buildSite({ content, out, cache });
  for (const path of ["sprints/1", "sprints/1/figures", "posts/01-review"]) {
    const { size } = statSync(join(out, path, "index.html"));
    console.info(`/${path}/: ${(size / 1000).toFixed(1)} KB of HTML`);
    expect(size, path).toBeLessThanOrEqual(allowed);
  }
}, 240_000);
