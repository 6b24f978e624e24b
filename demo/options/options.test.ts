import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createBus, createSnapshots } from "../app/services.ts";
import { buildProgram } from "../cli/program.ts";
import { renderOptionsTable } from "../testing/options-table.ts";
import {
  defaultOptions,
  envOf,
  flagOf,
  OptionError,
  type OptionKey,
  options,
  parseOption,
} from "./options.ts";

const keys = Object.keys(options) as OptionKey[];
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const nowhere = () => new PassThrough();
const around = { stdin: nowhere(), stdout: nowhere(), stderr: nowhere(), stopAsked: Promise.resolve() };

describe("the table of options", () => {
  it("stands in README.md as it stands in the code", () => {
    expect(readme).toContain(renderOptionsTable());
  });

  it("is what the command line offers", () => {
    const root = buildProgram(around, () => {});
    for (const program of ["feeder", "eater", "live", "all", "record", "play", "cost"] as const) {
      const command = root.commands.find((one) => one.name() === program);
      const offered = command?.options.map(({ long, envVar, defaultValue }) => ({
        long,
        envVar,
        defaultValue,
      }));
      const expected = keys
        .filter((key) => (options[key].programs as readonly string[]).includes(program))
        .map((key) => ({
          long: flagOf(key),
          envVar: envOf(key),
          defaultValue: options[key].default ?? undefined,
        }));
      // How it answers is no setting, and has no variable.
      expect(offered?.filter(({ long }) => long !== "--json")).toEqual(expected);
    }
  });

  it("has defaults that its own limits allow", () => {
    for (const key of keys) {
      const value = options[key].default;
      if (value !== null) expect(parseOption(key, String(value))).toBe(value);
    }
  });

  it("has every command in README.md", () => {
    const names = buildProgram(around, () => {}).commands.flatMap((command) => [
      command.name(),
      ...command.commands.flatMap((inner) =>
        inner.commands.map((last) => `${command.name()} ${inner.name()} ${last.name()}`),
      ),
    ]);
    expect(names).toContain("eater token add");
    for (const name of names) expect(readme).toContain(`sprintcast-demo ${name}`);
  });
});

describe("a value", () => {
  it.each([
    ["port", "65536"],
    ["port", "1.5"],
    ["port", ""],
    ["port", "0x"],
    ["devices", "0"],
    ["late", "1.01"],
    ["rate", "-1"],
    ["rate", "NaN"],
    ["rate", "Infinity"],
  ] as const)("of --%s may not be %j", (key, text) => {
    expect(() => parseOption(key, text)).toThrow(OptionError);
  });

  it("may be written in any way that is the number", () => {
    expect(parseOption("rate", "1e3")).toBe(1000);
    expect(parseOption("port", " 80 ")).toBe(80);
  });

  it("names a bus and a store that there are", () => {
    expect(() => createBus({ ...defaultOptions(), bus: "kafka://x" }, () => {})).toThrow(/nats:\/\//);
    expect(() => createSnapshots({ ...defaultOptions(), snapshot: "redis://x" })).toThrow(/memcached:\/\//);
  });
});
