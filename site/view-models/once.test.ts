import { expect, it } from "vitest";
import { once } from "./once.ts";

it("runs at the first call only, whatever it gives; what threw is tried again", () => {
  for (const value of [1, 0, "", null, undefined, false]) {
    let runs = 0;
    const made = once(() => {
      runs += 1;
      return value;
    });
    expect([runs, made(), made(), runs]).toEqual([0, value, value, 1]);
  }
  let failures = 0;
  const failing = once(() => {
    failures += 1;
    if (failures === 1) throw new Error("not yet");
    return failures;
  });
  expect(failing).toThrow("not yet");
  expect([failing(), failing()]).toEqual([2, 2]);
});
