import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TestModule } from "vitest/node";
import PlainSummary from "./plain-summary.ts";

type State = "passed" | "failed" | "skipped" | "pending";

/** A test file that ended so, with tests that ended so. */
const file = (state: "passed" | "failed" | "skipped", ...tests: State[]): TestModule =>
  ({
    state: () => state,
    children: { allTests: () => tests.map((one) => ({ result: () => ({ state: one }) }))[Symbol.iterator]() },
  }) as unknown as TestModule;

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => vi.restoreAllMocks());

test.each<[string, TestModule[], unknown[], string]>([
  ["nothing ran", [], [], "0 passed, 0 failed, 0 skipped"],
  [
    "all went well",
    [file("passed", "passed", "passed"), file("passed", "passed")],
    [],
    "3 passed, 0 failed, 0 skipped",
  ],
  ["one failed", [file("failed", "passed", "failed")], [], "1 passed, 1 failed, 0 skipped"],
  ["two of one file failed", [file("failed", "failed", "failed")], [], "0 passed, 2 failed, 0 skipped"],
  [
    "a file that did not load",
    [file("failed"), file("passed", "passed")],
    [],
    "1 passed, 1 failed, 0 skipped",
  ],
  [
    "a hook that threw after tests that passed",
    [file("failed", "passed")],
    [],
    "1 passed, 1 failed, 0 skipped",
  ],
  [
    "skipped, and never begun",
    [file("skipped", "skipped", "pending", "skipped")],
    [],
    "0 passed, 0 failed, 3 skipped",
  ],
  [
    "errors outside of tests",
    [file("passed", "passed")],
    [new Error("a"), "b"],
    "1 passed, 2 failed, 0 skipped",
  ],
])("%s: one last line that any CI reads", (_, modules, errors, line) => {
  new PlainSummary().onTestRunEnd(modules, errors);
  expect(printed).toEqual([`\n${line}`]);
});
