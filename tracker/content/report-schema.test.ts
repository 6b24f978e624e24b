import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ContentError } from "../errors.ts";
import { exampleContent } from "../testing/example-content.ts";
import { parseFlow, parseReport } from "./parse.ts";

type Json = Record<string, unknown>;
const written = (name: string): Json =>
  JSON.parse(readFileSync(join(exampleContent(), "reports", name), "utf8")) as Json;

const kinds = {
  report: { value: written("03.json"), parse: parseReport },
  flow: { value: written("flow.json"), parse: parseFlow },
};

function refusal(kind: keyof typeof kinds, value: unknown): string | null {
  try {
    kinds[kind].parse(JSON.stringify(value), "reports/x.json");
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ContentError);
    expect((error as ContentError).code).toBe("report-invalid");
    return (error as ContentError).message;
  }
}

/** A copy with another value at a path; undefined takes the key away. */
function changed(value: unknown, [key = "", ...rest]: readonly string[], other: unknown): unknown {
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as Json) };
  const inner: unknown = Reflect.get(copy as object, key);
  const next = rest.length === 0 ? other : changed(inner, rest, other);
  if (next === undefined) Reflect.deleteProperty(copy as object, key);
  else Reflect.set(copy as object, key, next);
  return copy;
}

/** Every path to a value that is there, one entry of each list. */
function paths(value: unknown, depth: number): string[][] {
  if (typeof value !== "object" || value === null || depth === 0) return [];
  const keys = Array.isArray(value) ? Object.keys(value).slice(0, 1) : Object.keys(value);
  return keys.flatMap((key) => [
    [key],
    ...paths(Reflect.get(value, key), depth - 1).map((path) => [key, ...path]),
  ]);
}

/** What reports of the first version lack, and what is asked for in none: texts of the day, and keys by name. */
const mayLack = {
  report: [
    "repositories",
    "unit",
    "running",
    "settings",
    "notCounted",
    "unexpectedByType",
    "blocked",
    "spentElsewhere",
    "corrections",
    "finishedOutside",
    "finishedBefore",
    "late",
    "promiseIssues",
    "projectUpdates",
    "budget",
  ],
  flow: ["team", "forecast"],
};

describe.each(["report", "flow"] as const)("a %s", (kind) => {
  const { value, parse } = kinds[kind];

  test("of the bundled example is taken as it is, with fields of a later version", () => {
    const later = { ...value, madeUp: { later: [1] } };
    expect(parse(JSON.stringify(later), "x.json")).toEqual(later);
  });

  test("lacks no key but those that came later", () => {
    const lackable = Object.keys(value).filter(
      (key) => refusal(kind, changed(value, [key], undefined)) === null,
    );
    expect(lackable.sort()).toEqual(mayLack[kind].filter((key) => key in value).sort());
    for (const key of Object.keys(value).filter((one) => !lackable.includes(one)))
      expect(refusal(kind, changed(value, [key], undefined))).toContain(`${key}: is missing, expected `);
  });

  test("has in every place what belongs there: something of another kind is refused and named", () => {
    const free = new Set(["settings", "explanations", "provenance", "budget"]);
    const tried = paths(value, 3).filter(([top = ""]) => !free.has(top) && top !== "madeUp");
    expect(tried.length).toBeGreaterThan(70);
    for (const path of tried) {
      // Neither a number nor a text, a list, null, true or a group of keys that we have.
      const told = refusal(kind, changed(value, path, "\u0000")) ?? refusal(kind, changed(value, path, -0.5));
      expect([path.join("."), told]).toEqual([
        path.join("."),
        expect.stringContaining(`${path.join(".")}: `),
      ]);
    }
  });

  test.each([
    ["another schema", ["schema"], `sprintcast/${kind}@2`],
    [
      "a day that is none",
      kind === "report" ? ["sprint", "firstDay"] : ["weeks", "0", "firstDay"],
      "2026-02-30",
    ],
    ["an instant with no zone", ["asOf"], "2026-01-05T09:00:00"],
    ["an instant that is a day", ["asOf"], "2026-01-05"],
    ["a count of half a task", kind === "report" ? ["debt", "open"] : ["lead", "tasks"], 0.5],
    ["a figure as text", kind === "report" ? ["effort", "committed"] : ["lead", "days", "p50"], "7.2"],
    [
      "a lane of another role",
      kind === "report" ? ["boards", "start", "lanes", "0", "role"] : ["lanes", "0", "role"],
      "review",
    ],
    [
      "a provenance that is none",
      ["provenance", Object.keys((value as { provenance: Json }).provenance)[0] ?? ""],
      "guessed",
    ],
  ])("with %s is refused", (_, path, other) => {
    expect(refusal(kind, changed(value, path, other))).toContain(`${path.join(".")}: expected`);
  });

  test.each(["null", "3", '"x"', "[]", "true"])("that is %s is refused whole", (text) => {
    expect(refusal(kind, JSON.parse(text))).toMatch(/^reports\/x\.json: expected keys with values, got /);
  });
});

test("what is not known is null, and only where something may be unknown", () => {
  const { value } = kinds.report;
  for (const path of [
    ["effort", "actual"],
    ["effort", "sayDo"],
    ["sprint", "capacityDays"],
    ["goalMet"],
    ["kalm", "keepRate"],
    ["frozen"],
  ])
    expect([path, refusal("report", changed(value, path, null))]).toEqual([path, null]);
  for (const path of [
    ["effort", "committed"],
    ["effort", "final"],
    ["sprint", "start"],
    ["done"],
    ["debt", "open"],
    ["asOf"],
  ])
    expect(refusal("report", changed(value, path, null))).toContain(`${path.join(".")}: expected`);
});

test("JSON that is cut off or no JSON is told so, with where to get it back", () => {
  for (const text of ["", "{", '{"schema": "sprintc', "not json", "{'a': 1}", '{"a": 1,}'])
    for (const parse of [parseReport, parseFlow])
      expect(() => parse(text, "r.json")).toThrow(
        expect.objectContaining({ code: "report-json", hint: expect.stringContaining("history") }),
      );
});
