import type { ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { startHub } from "../testing/start-hub.ts";
import { joinEvents } from "./events-viewer.ts";

const HOUR = 3_600_000;

/** A viewer who reads only what a test reads for it. */
function joinUnread(closeGraceMs: number) {
  const { hub } = startHub();
  const response = new PassThrough();
  const epochOf = () => "e1";
  joinEvents(hub, response as unknown as ServerResponse, null, { epochOf, retryMs: HOUR, closeGraceMs });
  return { hub, response };
}

it("who does not read its bye is cut off when its time is over, however late it should come back", async () => {
  const { hub, response } = joinUnread(10);
  hub.closeAll();
  await expect.poll(() => response.destroyed).toBe(true);
  await expect.poll(hub.size).toBe(0);
});

it("who reads its bye is told when to come back, and has left", async () => {
  const { hub, response } = joinUnread(HOUR);
  hub.closeAll();
  let read = "";
  for await (const chunk of response) read += chunk;
  expect(read).toBe(`retry: ${HOUR}\n\ndata: {"t":"bye","code":"going-away","retryAfter":1000}\n\n`);
  await expect.poll(hub.size).toBe(0);
});
