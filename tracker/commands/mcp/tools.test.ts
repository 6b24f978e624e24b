import { describe, expect, test } from "vitest";
import { quietIo } from "../../testing/quiet-io.ts";
import { readingTools } from "./tools.ts";

const io = quietIo({ cwd: ".", now: 0 });
const tool = (name: string) => {
  const found = readingTools[name];
  if (found === undefined) throw new Error(`no tool ${name}`);
  return found;
};

/** An input with everything that a tool takes. */
const everything: Record<string, Record<string, unknown>> = {
  report: { sprint: 3, team: "A", at: "2026-01-05", full: true },
  explain: { sprint: "api/3", team: "A", figure: "committed", at: "2026-01-05" },
  board: { sprint: 3, team: "A", at: "start" },
  flow: { sprint: 3, team: "A", weeks: 4, at: "2026-01-05", full: true },
  forecast: { by: "2026-01-05", tasks: 3, sprint: 3, team: "A", period: 2, at: "2026-01-05" },
  issue: { issue: "web#12" },
  state: { issues: ["12"], state: "open", label: "x", pulls: true, at: "2026-01-05", full: true },
  doctor: {},
  debt: { team: "A", at: "2026-01-05" },
  promises: { team: "A" },
  notes: { sprint: 3, team: "A", group: "label" },
  facts: { sprint: 3, team: "A" },
};

test("every tool is tried here", () => {
  expect(Object.keys(everything)).toEqual(Object.keys(readingTools));
});

test.each(Object.keys(readingTools))(
  "%s is a command line that its verb takes, with the places it reads",
  async (name) => {
    const { input, args, load, reads = ["db", "content"] } = tool(name);
    const given = input.parse(everything[name]);
    expect(Object.keys(given)).toEqual(Object.keys(input.shape));
    for (const some of [
      given,
      input.partial().parse({ sprint: given.sprint, figure: given.figure, issue: given.issue }),
    ]) {
      const command = (await load())(io);
      let taken = false;
      command.exitOverride().action(() => {
        taken = true;
      });
      await command.parseAsync([...args(some), ...reads.map((place) => `--${place}=x`)], { from: "user" });
      expect(taken).toBe(true);
    }
  },
);

describe("what would be an option of its own is refused, or stays a value", () => {
  test.each([
    ["report", { sprint: "--at=x/3" }],
    ["report", { sprint: "3" }],
    ["report", { sprint: -1 }],
    ["report", { sprint: 1.5 }],
    ["report", { sprint: 1_000_000 }],
    ["explain", { sprint: 3, figure: "--json" }],
    ["explain", { sprint: 3, figure: "" }],
    ["issue", { issue: "-12" }],
    ["issue", { issue: "" }],
    ["flow", { weeks: 0 }],
    ["flow", { weeks: 1000 }],
    ["forecast", { by: "tomorrow" }],
    ["forecast", { tasks: 0 }],
    ["notes", { sprint: 3, group: "person" }],
    ["state", { state: "merged" }],
    ["state", { issues: Array(101).fill("1") }],
    ["promises", { team: "" }],
    ["promises", { team: "x".repeat(101) }],
  ])("%s of %j is refused", (name, given) => {
    expect(tool(name).input.safeParse(given).success).toBe(false);
  });

  test("a value that begins with a dash stands behind its name", async () => {
    const given = tool("report").input.parse({ sprint: 3, team: "--db", at: "-1" });
    expect(tool("report").args(given)).toEqual(["3", "--json", "--team=--db", "--at=-1"]);
  });
});
