import { readContent } from "sprintcast/content";
import { expect, it } from "vitest";
import { assembleSite } from "./assemble.ts";
import { handedOver, handOver } from "./handover.ts";

const dir = new URL("../../content", import.meta.url).pathname;

it("hands a build's pages what was read of their own folder, and of no other", async () => {
  expect(handedOver(dir)).toBeUndefined();
  const site = await assembleSite(await readContent(dir), Date.now());
  handOver(dir, site);
  expect(handedOver(dir)).toBe(site);
  expect(handedOver(`${dir}/elsewhere`)).toBeUndefined();
});
