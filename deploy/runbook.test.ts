import { glob, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { buildProgram } from "../demo/cli/program.ts";
import { present } from "../demo/testing/present.ts";

const read = (file: string) => readFile(new URL(file, import.meta.url), "utf8");
let words: string;
beforeAll(async () => {
  words = `${await read("runbook.md")}${await read("README.md")}`;
});

const namesAfter = (pattern: RegExp) => [...words.matchAll(pattern)].map(([, name = ""]) => name);

describe("what runbook and README tell an operator to do", () => {
  it("is done to services that compose.yaml has", async () => {
    const { services } = parse(await read("container/compose.yaml"), { merge: true });
    const named = [
      ...namesAfter(
        /docker compose (?:exec|run|up|stop)(?: -T| -d| --rm| --no-deps| --wait)*((?: [a-z]+-?\d?\b)+)/g,
      ),
      ...namesAfter(/`(live-\d|eater-\d|feeder)`/g),
    ].flatMap((text) =>
      text
        .trim()
        .split(" ")
        .slice(0, /^ ?(?:eater|live)-/.test(text) ? 2 : 1),
    );
    const wanted = named.filter((name) => name !== "node" && name !== "eater");
    expect(new Set(wanted).size).toBeGreaterThan(2);
    for (const name of wanted) expect(Object.keys(services)).toContain(name);
  });

  it("is done to objects that the cluster has", async () => {
    const known: string[] = [];
    for await (const file of glob("kubernetes/**/*.yaml", { cwd: import.meta.dirname })) {
      for (const document of parseAllDocuments(await read(file))) {
        const { kind, metadata } = document.toJS() ?? {};
        known.push(`${kind}/${metadata?.name}`.toLowerCase());
      }
    }
    const kinds: Record<string, string> = { deploy: "deployment", hpa: "horizontalpodautoscaler" };
    const named = [
      ...words.matchAll(/kubectl -n sprintcast[^`\n]*?\b(deploy|statefulset|hpa)[/ ](sprintcast-\w+)/g),
    ];
    expect(named.length).toBeGreaterThan(3);
    for (const [, kind = "", name] of named) expect(known).toContain(`${kinds[kind] ?? kind}/${name}`);
  });

  it("is said in commands that the program has", () => {
    const io = {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      stopAsked: new Promise<void>(() => {}),
    };
    const root = buildProgram(io, () => {});
    const commands = namesAfter(
      /(?:sprintcast-demo|cli\.js|eater-1) ((?:eater|live|feeder|all)(?: [a-z]+)*)/g,
    );
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) {
      const [program, ...verbs] = command.split(" ");
      let at = present(root.commands.find((one) => one.name() === program));
      for (const verb of verbs) {
        if (at.commands.length === 0) break;
        at = present(at.commands.find((one) => one.name() === verb));
      }
    }
  });
});
