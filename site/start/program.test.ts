import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Io } from "sprintcast";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { buildProgram, run } from "./program.ts";

const io = { out: () => {}, err: () => {}, cwd: "/nowhere" } as unknown as Io;

beforeEach(() => {
  for (const name of ["PORT", "HOST", "SPRINTCAST_CONTENT"]) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** What `sprintcast-site` would be started with, or what it says instead. */
async function startedWith(...words: string[]): Promise<Record<string, unknown> | string> {
  let options: Record<string, unknown> = {};
  let said = "";
  const program = buildProgram(io, "1.2.3");
  const start = program.commands[0] as Command;
  start.action((given) => {
    options = given;
  });
  for (const one of [program, start])
    one
      .exitOverride()
      .configureOutput({ writeOut: (text) => (said += text), writeErr: (text) => (said += text) });
  try {
    await program.parseAsync(words, { from: "user" });
    return options;
  } catch {
    return said;
  }
}

const usual = { port: 4321, host: "127.0.0.1", content: "content", db: ".sprintcast/sprintcast.db" };

describe("the command line", () => {
  test.each([
    [[], {}],
    [["start"], {}],
    [["--port", "0"], { port: 0 }],
    [["start", "--port=65535", "--host", "::"], { port: 65_535, host: "::" }],
    [["--content", "docs/reviews", "--db", "a.db"], { content: "docs/reviews", db: "a.db" }],
  ])("%j starts", async (words, more) => {
    expect(await startedWith(...words)).toEqual({ ...usual, ...more });
  });

  test("takes from the environment what it is not told, and prefers what it is told", async () => {
    vi.stubEnv("PORT", "8080");
    vi.stubEnv("HOST", "0.0.0.0");
    vi.stubEnv("SPRINTCAST_CONTENT", "elsewhere");
    expect(await startedWith()).toMatchObject({ port: 8080, host: "0.0.0.0", content: "elsewhere" });
    expect(await startedWith("--port", "9", "--content", "here")).toMatchObject({ port: 9, content: "here" });
  });

  test.each(["65536", "-1", "80.5", "http", "", " ", "0x", "NaN", "1e9"])(
    "refuses %j as a port",
    async (port) => {
      expect(await startedWith(`--port=${port}`)).toContain("expected a number from 0 to 65535");
      if (port === "") return;
      vi.stubEnv("PORT", port);
      expect(await startedWith()).toContain("expected a number from 0 to 65535");
    },
  );

  test.each([["--prot", "1"], ["stop"], ["start", "now"]])(
    "refuses what it does not know: %s",
    async (...words) => {
      expect(await startedWith(...words)).toMatch(/unknown|too many|error/);
    },
  );

  test("says its version, and in its help how it is used", async () => {
    expect(await startedWith("--version")).toBe("1.2.3\n");
    const help = await startedWith("start", "--help");
    for (const word of ["--port", "PORT", "--host", "--content", "--db", "Examples:"])
      expect(help).toContain(word);
  });
});

describe("the exit code", () => {
  const told = async (...words: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const ours = {
      ...{ cwd: "/nowhere", env: {}, signal: new AbortController().signal },
      out: (text: string) => out.push(text),
      err: (text: string) => err.push(text),
    } as unknown as Io;
    return { code: await run(words, ours, "1.2.3"), out: out.join(""), err: err.join("") };
  };

  test.each([["stop"], ["start", "now"], ["--prot", "1"], ["--port", "x"]])(
    "is that of wrong usage for %s, with where the right words are",
    async (...words) => {
      const { code, out, err } = await told(...words);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain("start --help lists its options");
    },
  );

  test("is told in the help and in the README, with the same words", async () => {
    const meaningsIn = (text: string) =>
      /exit codes: ([^.]+)\./i.exec(text.replace(/\s+/g, " "))?.[1]?.split(/[,;] (?=\d)/);
    const meanings = meaningsIn((await told("--help")).out);
    expect(meanings?.map((meaning) => meaning[0])).toEqual(["0", "1", "2", "3"]);
    expect(meanings).toContain("2 wrong usage, or a file or folder that cannot be used");
    expect(meaningsIn(await readFile(new URL("../README.md", import.meta.url), "utf8"))).toEqual(meanings);
  });

  test.each(["--help", "--version"])("is 0 for %s", async (word) => {
    expect(await told(word)).toMatchObject({ code: 0, err: "" });
  });

  test("is that of the content where it cannot be read, with what to do", async () => {
    const { code, err } = await told("start");
    expect(code).toBe(3);
    expect(err).toMatch(/^sprintcast-site: .*settings\.yml.*\n {2}\S/);
  });
});
