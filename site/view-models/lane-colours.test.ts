import { readFileSync } from "node:fs";
import { join } from "node:path";
import { laneColours, palette } from "sprintcast/charts";
import { expect, it } from "vitest";

const styles = join(import.meta.dirname, "../styles");
const sheet = (name: string): string => readFileSync(join(styles, name), "utf8");

it("what a colour means in a chart, it means on the site", () => {
  const tokens = new Map(
    [...sheet("tokens.css").matchAll(/--([a-z]+): light-dark\((#\w+), (#\w+)\);/g)].map(
      ([, name, light, dark]) => [name, [light, dark]],
    ),
  );
  for (const [name, { light, dark }] of Object.entries(palette))
    expect(tokens.get(name), name).toEqual([light, dark]);
});

it("a kind of lane has one colour, on boards, in the replay and in charts", () => {
  const rules = [...sheet("board.css").matchAll(/\.l-([a-z]+) \{\s*--lane: var\(--([a-z]+)\);/g)].map(
    ([, role = "", colour]) => [role, colour] as const,
  );
  // What has no colour of its own has that of the open one.
  for (const name of ["board.css", "replay.css"]) expect(sheet(name)).toContain("var(--lane, var(--open))");
  expect({ backlog: "open", ...Object.fromEntries(rules) }).toEqual(laneColours);
});
