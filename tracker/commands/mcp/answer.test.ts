import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ContentError, SprintcastError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { answerOf } from "./answer.ts";
import type { ReadingTool } from "./tools.ts";

const places = { db: "some where/x.db", content: "-content" };

/** A tool whose verb does this; what its command line was is in `given`. */
function toolOf(work: (io: Io) => unknown, more: Partial<ReadingTool> = {}) {
  const given: { args: string[]; options: Record<string, unknown> }[] = [];
  const tool: ReadingTool = {
    title: "T",
    description: "D",
    schema: "sprintcast/x@1",
    input: z.object({}),
    load: async () => (io) =>
      new Command("x")
        .argument("[what]")
        .option("--db <file>")
        .option("--content <dir>")
        .option("--json")
        .action(async (what: string | undefined, options: Record<string, unknown>) => {
          given.push({ args: what === undefined ? [] : [what], options });
          await work(io);
        }),
    args: ({ what }) => [...(typeof what === "string" ? [what] : []), "--json"],
    ...more,
  };
  return { tool, given };
}

async function ask(
  work: (io: Io) => unknown,
  more: Partial<ReadingTool> = {},
  input: Record<string, unknown> = {},
) {
  const io = quietIo({ cwd: ".", now: 0 });
  const { tool } = toolOf(work, more);
  const answer = await answerOf(tool, input, io, places);
  expect([io.printed, io.printedBytes]).toEqual([{ out: "", err: "" }, []]);
  return answer;
}
const saying = (value: object) => (io: Io) => io.out(JSON.stringify({ schema: "sprintcast/x@1", ...value }));

test("a verb runs as on the command line, in its places, without terminal or progress, and prints nothing", async () => {
  const { tool, given } = toolOf((io) => {
    expect([io.isTerminal, io.showsProgress]).toEqual([false, false]);
    io.err("a note\n");
    io.out("{}");
  });
  const io = { ...quietIo({ cwd: ".", now: 0 }), isTerminal: true, showsProgress: true };
  await answerOf(tool, { what: "3" }, io, places);
  expect(io.printed).toEqual({ out: "", err: "" });
  expect(given).toEqual([{ args: ["3"], options: { json: true, ...places } }]);
  const { tool: ofState, given: asked } = toolOf((inner) => inner.out("{}"), { reads: ["db"] });
  await answerOf(ofState, {}, io, places);
  expect(asked).toEqual([{ args: [], options: { json: true, db: places.db } }]);
});

describe("how an answer is known", () => {
  const provenanceOf = async (value: object, more: Partial<ReadingTool> = {}) => {
    const answer = await ask(saying(value), more);
    return answer.isError ? answer : answer.value.known.provenance;
  };
  test.each([
    [{}, "replayed"],
    [{ provenance: "observed" }, "observed"],
    [{ a: [{ provenance: "replayed" }, { b: { provenance: "inferred" } }] }, "inferred"],
    [{ provenance: { committed: "replayed", actual: "unknown" }, b: { provenance: "observed" } }, "unknown"],
    [{ provenance: { state: "observed" } }, "observed"],
    // Words of people are no provenance, whatever they say.
    [{ title: "unknown", provenance: "made up", text: "provenance: unknown" }, "replayed"],
    [{ provenance: { a: "guessed", b: null, c: 3 } }, "replayed"],
  ])("%j is %s", async (value, expected) => expect(await provenanceOf(value)).toBe(expected));

  test("is the tool's own word where it has one", async () => {
    expect(await provenanceOf({ provenance: "unknown" }, { provenance: "observed" })).toBe("observed");
  });

  test.each([
    [{ asOf: "2026-01-05T00:00:00Z", at: "2026-01-04T00:00:00Z" }, "2026-01-05T00:00:00Z"],
    [{ at: "2026-01-04T00:00:00Z" }, "2026-01-04T00:00:00Z"],
    [{ asOf: null, at: "2026-01-04T00:00:00Z" }, "2026-01-04T00:00:00Z"],
    [{ asOf: 3 }, null],
    [{}, null],
  ])("%j is known up to %j", async (value, upTo) => {
    expect(await ask(saying(value))).toMatchObject({ value: { known: { upTo } } });
  });

  test("what stderr would have said comes along, line by line and without its control characters", async () => {
    const answer = await ask((io) => {
      io.err("  one\n\ntwo \u001b[31mred\n");
      saying({})(io);
    });
    expect(answer).toMatchObject({ value: { known: { notes: ["one", "two \uFFFD[31mred"] } } });
  });
});

describe("what is long is left out and named", () => {
  const value = { short: 1, replay: [1], changes: [2] };
  const long = ["replay", "changes", "notThere"];
  test("unless all is asked for", async () => {
    expect(await ask(saying(value), { long })).toEqual({
      isError: false,
      value: {
        schema: "sprintcast/x@1",
        short: 1,
        known: { provenance: "replayed", upTo: null, notes: [], leftOut: ["replay", "changes"] },
      },
    });
    expect(await ask(saying(value), { long }, { full: true })).toMatchObject({
      value: { ...value, known: { leftOut: [] } },
    });
    expect(await ask(saying(value), { long }, { full: "yes" })).not.toHaveProperty("value.replay");
  });

  test("its provenance counts all the same: what is told rests on it", async () => {
    const answer = await ask(saying({ replay: { provenance: "unknown" } }), { long });
    expect(answer).toMatchObject({ value: { known: { provenance: "unknown" } } });
  });

  test("what was picked away is named before it", async () => {
    const pick: ReadingTool["pick"] = (all) => ({ value: { ...all, short: 2 }, leftOut: ["issues: 3"] });
    expect(await ask(saying(value), { long, pick })).toMatchObject({
      value: { short: 2, known: { leftOut: ["issues: 3", "replay", "changes"] } },
    });
  });
});

describe("a text", () => {
  const textOf = (text: string) => ask((io) => io.out(text), { schema: "text/markdown" });
  test("is handed on as it is, known as the worst row of its table", async () => {
    const table = "# T\n\n| figure | known |\n| --- | --- |\n| a | replayed |\n| b | inferred   |\n";
    expect(await textOf(table)).toMatchObject({
      value: { schema: "text/markdown", text: table, known: { provenance: "inferred" } },
    });
    expect(await textOf("A text that says unknown in words")).toMatchObject({
      value: { known: { provenance: "replayed" } },
    });
  });
});

describe("what cannot be answered", () => {
  const failing = (error: Error, before = "") =>
    ask(
      (io) => {
        if (before !== "") io.out(before);
        throw error;
      },
      { endsWith: "found-something" },
    );

  test("is the message with the way out, safe to show", async () => {
    expect(await failing(new ContentError("x", "a.md", "is \u001b[2Jbad", { hint: "Fix it." }))).toEqual({
      isError: true,
      text: "a.md: is \uFFFD[2Jbad\nFix it.",
    });
    expect(await failing(new SprintcastError("x", 2, "no"))).toEqual({ isError: true, text: "no" });
  });

  test("is whole where the verb ends so on purpose, and has printed its answer", async () => {
    const found = new SprintcastError("found-something", 3, "1 of 4 failed");
    expect(await failing(found, '{"schema":"sprintcast/x@1","a":1}')).toMatchObject({
      isError: false,
      value: { a: 1, known: { notes: ["1 of 4 failed"] } },
    });
    expect(await failing(found)).toEqual({ isError: true, text: "1 of 4 failed" });
    expect(await failing(new SprintcastError("other", 3, "no"), "{}")).toMatchObject({ isError: true });
  });

  test("wrong words are told as the command line tells them", async () => {
    const { tool } = toolOf(() => {}, { args: () => ["--frob"] });
    const answer = await answerOf(tool, {}, quietIo({ cwd: ".", now: 0 }), places);
    expect(answer).toMatchObject({ isError: true, text: expect.stringContaining("unknown option '--frob'") });
  });

  test("a fault of ours is no answer", async () => {
    await expect(failing(new TypeError("x is undefined"))).rejects.toThrow(TypeError);
    await expect(ask((io) => io.out("no JSON"))).rejects.toThrow(SyntaxError);
  });
});
