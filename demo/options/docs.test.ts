import { readdirSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../cli/program.ts";
import { envOf, flagOf, type OptionKey, options } from "./options.ts";

const root = new URL("../../", import.meta.url);
const keys = Object.keys(options) as OptionKey[];

const nowhere = () => new PassThrough();
const around = { stdin: nowhere(), stdout: nowhere(), stderr: nowhere(), stopAsked: Promise.resolve() };

/** What is written for people, or to be copied by them: each file's path and text. */
const written = ["README.md", "demo", "deploy", "docs"].flatMap((place) =>
  (place.endsWith(".md")
    ? [place]
    : readdirSync(new URL(place, root), { recursive: true, encoding: "utf8" }).map(
        (name) => `${place}/${name}`,
      )
  )
    .filter((path) => /(\.(md|env|ya?ml|service|timer|tf|tftpl|sh|conf|template)|Dockerfile)$/.test(path))
    .filter((path) => !path.includes("node_modules"))
    .map((path) => ({ path, text: readFileSync(fileURLToPath(new URL(path, root)), "utf8") })),
);
const pages = written.filter(({ path }) => path.endsWith(".md"));

/** The flags that a command takes, those of the commands above it included. */
function flagsOf(names: readonly string[]): string[] {
  let command = buildProgram(around, () => {});
  const flags = ["--help", "--version"];
  for (const name of names) {
    const next = command.commands.find((one) => one.name() === name);
    if (!next) break;
    command = next;
    flags.push(...command.options.flatMap(({ long }) => long ?? []));
  }
  return flags;
}

describe("what is written of the options", () => {
  it("names no environment variable that there is not", () => {
    const known = new Set(keys.map(envOf));
    const named = written.flatMap(({ path, text }) =>
      [...text.matchAll(/SPRINTCAST_DEMO_[A-Z_]*[A-Z]/g)].map(([name]) => ({ path, name })),
    );
    expect(named.length).toBeGreaterThan(keys.length);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it("has in a command only what that command takes", () => {
    const commands = written.flatMap(({ path, text }) =>
      [...text.matchAll(/\bsprintcast-demo ((?:[a-z]+ )*)([^\n`#|]*)/g)].map(
        ([whole, names = "", rest = ""]) => ({
          path,
          whole,
          unknown: [...rest.matchAll(/(?<=^|\s)--[a-z][\w-]*/g)]
            .map(([flag]) => flag)
            .filter((flag) => !flagsOf(names.trim().split(" ")).includes(flag)),
        }),
      ),
    );
    expect(commands.filter(({ whole }) => whole.includes("--")).length).toBeGreaterThan(10);
    expect(commands.filter(({ unknown }) => unknown.length > 0)).toEqual([]);
  });

  it("calls by its flag no option that there is not", () => {
    // The last is certbot's.
    const known = new Set([...keys.map(flagOf), "--json", "--webroot"]);
    const named = pages
      .filter(({ path }) => path === "demo/README.md" || path.startsWith("deploy/"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/`(--[a-z][\w-]*)[^`\n]*`/g)].map(([, name = ""]) => ({ path, name })),
      );
    expect(named.length).toBeGreaterThan(keys.length);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it("has every option outside its table only by a name that it has there", () => {
    // A help that sends its reader to another option must not send him astray.
    const known = new Set<string>(keys.map(flagOf));
    for (const key of keys)
      for (const [flag] of options[key].help.matchAll(/--[a-z][\w-]*/g)) expect(known, key).toContain(flag);
  });
});
