import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSeldom } from "./seldom.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what happens again and again", () => {
  it("is said at once, then once in ten seconds with how often it was, and nothing of it is left out", () => {
    const said: [object, string][] = [];
    const { say } = createSeldom((fields, message) => said.push([fields, message]));
    for (let index = 0; index < 5; index += 1) say({ index }, "no room");
    say({}, "other");
    expect(said).toEqual([
      [{ index: 0 }, "no room"],
      [{}, "other"],
    ]);
    vi.advanceTimersByTime(10_000);
    expect(said.slice(2)).toEqual([[{ index: 4, times: 4 }, "no room"]]);
    say({ index: 9 }, "no room");
    vi.advanceTimersByTime(10_000);
    expect(said.slice(3)).toEqual([[{ index: 9, times: 1 }, "no room"]]);
    // Long over: the next time is news.
    vi.advanceTimersByTime(20_000);
    say({ index: 10 }, "no room");
    expect(said.slice(4)).toEqual([[{ index: 10 }, "no room"]]);
  });

  it("is told to the end", () => {
    const said: object[] = [];
    const { say, end } = createSeldom((fields) => said.push(fields));
    for (let index = 0; index < 3; index += 1) say({ index }, "no room");
    end();
    expect(said).toEqual([{ index: 0 }, { index: 2, times: 2 }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is told from another cause of the same", () => {
    const causes: string[] = [];
    const { say } = createSeldom((fields) => causes.push(String(Reflect.get(fields, "err"))));
    for (const err of ["disk full", "read-only", "disk full"].map((text) => new Error(text)))
      say({ err }, "m");
    expect(causes).toEqual(["Error: disk full", "Error: read-only"]);
  });

  it("takes no memory for ever", () => {
    let said = 0;
    const { say } = createSeldom(() => {
      said += 1;
    });
    for (let index = 0; index < 100_000; index += 1) say({}, `message ${index}`);
    expect(said).toBe(100_000);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(30_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
