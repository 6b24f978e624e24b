import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ContentError } from "../errors.ts";
import { parseSettings } from "./parse.ts";
import { validate } from "./validate.ts";
import { readYaml } from "./yaml.ts";

/** What is told of a file, a fault a line. */
function told(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ContentError);
    return (error as ContentError).message.split("\n  ");
  }
}

describe("a file with more faults than anybody reads", () => {
  test("takes no longer for faults that are not told", () => {
    const [faults, shown] = [400, 20];
    const done = { parsed: 0, placed: 0 };
    const entry = z.preprocess((one) => {
      done.parsed += 1;
      return one;
    }, z.int());
    const yaml = readYaml(Array(faults).fill("- word").join("\n"));
    const lineAt: typeof yaml.lineAt = (path) => {
      done.placed += 1;
      return yaml.lineAt(path);
    };
    const checked = { file: "x.yml", code: "x", hint: "x", written: { ...yaml, lineAt } };
    const lines = told(() => validate(z.array(entry), yaml.value, checked));
    expect(lines.map((line) => /\(line \d+\)/.exec(line)?.[0] ?? line)).toEqual([
      ...Array.from({ length: shown }, (_, index) => `(line ${index + 1})`),
      `and ${faults - shown} more`,
    ]);
    // Once for all, and a few times for each that is told.
    expect(done.parsed).toBeLessThanOrEqual(faults * (1 + shown * 5));
    expect(done.placed).toBeLessThanOrEqual(faults + shown);
  });

  test("lists the known keys behind the last one told that is like none of them", () => {
    const keys = Array.from({ length: 30 }, (_, index) => `nothing${index}: 1`).join("\n");
    const lines = told(() =>
      parseSettings(`repository: a/b\ntimeZone: UTC\nzone: 1\n${keys}`, "settings.yml"),
    );
    expect(lines).toHaveLength(21);
    expect(lines.filter((line) => line.includes("Known: "))).toEqual([lines[19]]);
    expect(lines[20]).toBe("and 11 more");
  });
});
