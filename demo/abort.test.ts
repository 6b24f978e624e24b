import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { untilAborted } from "./abort.ts";

const never = new Promise<never>(() => {});
const listening = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("work that may be given up", () => {
  it("comes to what it comes to, and leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(7), signal)).toBe(7);
    await expect(untilAborted(Promise.reject(new Error("failed")), signal)).rejects.toThrow("failed");
    await settled();
    expect(listening(signal)).toBe(0);
  });

  it("is not waited for any longer once the signal aborts, and its reason is told", async () => {
    const stop = new AbortController();
    const waiting = untilAborted(never, stop.signal);
    stop.abort(new Error("no time"));
    await expect(waiting).rejects.toThrow("no time");
  });

  it("is not waited for where the signal had aborted before", async () => {
    const reason = new Error("over");
    await expect(untilAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("may fail after it was given up, and nobody is troubled", async () => {
    const stop = new AbortController();
    const work = Promise.withResolvers<void>();
    const waiting = untilAborted(work.promise, stop.signal);
    stop.abort(new Error("no time"));
    work.reject(new Error("too late"));
    await expect(waiting).rejects.toThrow("no time");
    // A rejection that nobody takes would fail this file.
    await settled();
    expect(listening(stop.signal)).toBe(0);
  });

  it("that is done is not undone by a signal that aborts later", async () => {
    const stop = new AbortController();
    const done = untilAborted(Promise.resolve("done"), stop.signal);
    await settled();
    stop.abort();
    expect(await done).toBe("done");
  });
});
