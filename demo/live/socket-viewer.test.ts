import { afterEach, beforeEach, expect, it } from "vitest";
import { batch, offsetsIn, startLive, type TestLive, watch } from "../testing/start-live.ts";

let server: TestLive;
const warnings: Error[] = [];
const warn = (warning: Error) => warnings.push(warning);
beforeEach(async () => {
  server = await startLive();
  await server.bus.publish(batch(1, 5));
  warnings.length = 0;
  process.on("warning", warn);
});
afterEach(async () => {
  process.off("warning", warn);
  await server.close();
});

it("any number of binary messages ends their sender once, told why, and nobody else", async () => {
  const [witness, sender] = [watch(server.host), watch(server.host)];
  for (const viewer of [witness, sender]) await viewer.until((all) => all.some(({ t }) => t === "snapshot"));
  for (let times = 0; times < 50; times += 1) sender.socket.send(Buffer.from("x"));
  expect(await sender.closed).toEqual({ code: 1003, reason: "text frames only" });
  expect(sender.messages.at(-1)).toEqual({ t: "bye", code: "bad-message", retryAfter: null });
  await server.bus.publish(batch(6, 2));
  await witness.until((all) => offsetsIn(all).includes(7));
  expect(server.live.counts()).toMatchObject({ viewers: 1, closed: { "bad-message": 1 } });
  expect(warnings).toEqual([]);
  witness.close();
});

it("who has been told bye is sent nothing more, though it stays", async () => {
  const viewer = watch(server.host);
  await viewer.until((all) => all.some(({ t }) => t === "snapshot"));
  // Unread, the close frame is not answered.
  viewer.socket.pause();
  viewer.socket.send("no message");
  await expect.poll(() => server.live.counts().closed["bad-message"]).toBe(1);
  await server.bus.publish(batch(6, 2));
  viewer.socket.resume();
  expect(await viewer.closed).toMatchObject({ code: 1008 });
  expect(offsetsIn(viewer.messages)).toEqual([]);
});

it("who does not answer a close is cut off when its time is over", async () => {
  const viewer = watch(server.host);
  await viewer.until((all) => all.some(({ t }) => t === "snapshot"));
  viewer.socket.pause();
  viewer.socket.send("no message");
  await expect.poll(() => server.live.counts().viewers).toBe(0);
  viewer.close();
});
