import { describe, expect, it } from "vitest";
import { settle } from "./settle.ts";

/** Looks that come one after another; the last one stays. */
function looks(...seen: [isDone: boolean, reached: number][]) {
  let at = 0;
  const look = () => {
    const [isDone, reached] = seen[Math.min(at, seen.length - 1)] ?? [true, 0];
    at += 1;
    return { isDone, reached };
  };
  return { look, taken: () => at };
}

describe("waiting while something moves", () => {
  it("takes one look where all is done", async () => {
    const { look, taken } = looks([true, 0]);
    expect(await settle(look, 0, 1)).toBe(true);
    expect(taken()).toBe(1);
  });

  it("waits far longer than it would wait for what stands still", async () => {
    const moving = Array.from({ length: 40 }, (_, at): [boolean, number] => [false, at]);
    const { look, taken } = looks(...moving, [true, 40]);
    expect(await settle(look, 2000, 1)).toBe(true);
    expect(taken()).toBe(41);
  });

  it("gives up on what stands still, though it moved before", async () => {
    const { look, taken } = looks([false, 0], [false, 1], [false, 2]);
    expect(await settle(look, 30, 1)).toBe(false);
    expect(taken()).toBeGreaterThan(3);
  });

  it("counts what went back as moved: a process that began anew is not stuck", async () => {
    const { look } = looks([false, 5], [false, 0], [false, 5], [false, 0], [true, 6]);
    expect(await settle(look, 2000, 1)).toBe(true);
  });
});
