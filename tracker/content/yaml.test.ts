import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readYaml } from "./yaml.ts";

const failure = (text: string): string => {
  try {
    readYaml(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "taken";
};

describe("what YAML cannot be is told in plain words with its line", () => {
  test.each([
    ["a key twice", "a: 1\nb: 2\na: 3\n", "the key a is there twice (line 3)"],
    ["a key twice, deep", "x:\n  - a: 1\n    a : 2\n", "the key a is there twice (line 3)"],
    ["a key twice, in quotes", '"a b": 1\n"a b": 2\n', 'the key "a b" is there twice (line 2)'],
    ["a tab before a key", "a:\n\tb: 1\n", "a line begins with a tab, expected blanks (line 2)"],
    [
      "a colon in a title",
      "a: 1\ntitle: Sprint: the end\n",
      'a value with ": " in it needs quotes around it (line 2)',
    ],
    [
      "a second document",
      "a: 1\n---\nb: 2\n",
      'a line "---" begins a second document, expected one (line 2)',
    ],
    [
      "a second document behind a comment",
      "a: 1\n---\n# more\nb: 2\n",
      'a line "---" begins a second document, expected one (line 2)',
    ],
    ["a bracket that stays open", "a: [1, 2\nb: 3\n", /\(line \d\)$/],
    ["a quote that stays open", 'a: "x\n', /quote.* \(line \d\)$/],
    ["a sign that is YAML's own", "a: 1\nb: @team\n", /reserved character @ \(line 2\)$/],
    [
      "an alias within its own list",
      "a: 1\ndaysOff: &x\n  - *x\n",
      "*x stands within what it names (line 3)",
    ],
    ["an alias within its own keys", "a: &x { b: [*x] }\n", "*x stands within what it names (line 1)"],
    [
      "an alias within the second of two that have a name",
      "a: &x [1]\nb: &x\n  c: *x\n",
      "*x stands within what it names (line 3)",
    ],
    ["an alias of nothing", "a: *b\n", /b/],
    [
      "a merge of ten thousand characters too many",
      `a: ${"x".repeat(100_001)}`,
      /100004 characters, expected at most 100000$/,
    ],
  ])("%s", (_, text, expected) => {
    const said = failure(text);
    if (expected instanceof RegExp) expect(said).toMatch(expected);
    else expect(said).toBe(expected);
    expect(said).not.toMatch(/\n|\^/);
    if (text.length < 1000 && !(expected instanceof RegExp))
      expect(failure(text.replaceAll("\n", "\r\n"))).toBe(expected);
  });
});

test.each(["a: 1\n---\n", "a: 1\n---", "---\na: 1\n---\n# the end\n", "a: 1\n...\n", "---\na: 1\n"])(
  "%j is one document",
  (text) => expect(readYaml(text).value).toEqual({ a: 1 }),
);

test.each([
  ["of signs", "#".repeat(10_000)],
  ["of signs and blanks", "# ".repeat(5_000)],
  ["of many lines", "#\n".repeat(5_000)],
  ["behind blanks", `${" \t".repeat(5_000)}#`],
  ["of no line end but Windows'", "# #\r\n\r\n".repeat(1_000)],
])("a banner %s below the last mark is read at once, and so is one that a document follows", (_, banner) => {
  // An expression that never ends can be stopped in a context of its own alone.
  const within = (text: string): string =>
    runInNewContext("read()", { read: () => failure(text) }, { timeout: 20_000 });
  expect(within(`a: 1\n---\n${banner}`)).toBe("taken");
  expect(within(`a: 1\n...\n${banner}`)).toBe("taken");
  expect(within(`a: 1\n---\n${banner}\nb: 2\n`)).toBe(
    'a line "---" begins a second document, expected one (line 2)',
  );
});

test("days, versions and words such as yes stay what they look like", () => {
  const { value } = readYaml(
    "day: 2026-01-05\nat: 2026-01-05T09:00:00Z\nyes: no\nnorway: no\ntime: 12:30\nid: 0123\n",
  );
  expect(value).toEqual({
    day: "2026-01-05",
    at: "2026-01-05T09:00:00Z",
    yes: "no",
    norway: "no",
    time: "12:30",
    id: 123,
  });
});

describe("where it stands", () => {
  const text = "# ours\na: 1.10\nlist:\n  - x\n  - y: &deep\n      z: 0x1F\ncopy: *deep\n'q r': \"3\"\n";
  const { lineAt, sourceAt } = readYaml(text);

  test.each([
    [["a"], 2, "1.10"],
    [["list"], 3, null],
    [["list", 0], 4, "x"],
    [["list", 1, "y"], 5, null],
    [["list", 1, "y", "z"], 6, "0x1F"],
    [["copy", "z"], 6, "0x1F"],
    [["q r"], 8, "3"],
    // What is not there is told of at what should have held it.
    [["list", 1, "no"], 5, null],
    [["list", 7], 3, null],
    [["copy", "no"], 7, null],
    [["no", "where"], 2, null],
    [["a", "b"], 2, null],
  ])("%j: line %j, %j", (path, line, source) => {
    expect([lineAt(path), sourceAt(path)]).toEqual([line, source]);
  });

  test("an empty text has no place for anything", () => {
    expect([readYaml("").value, readYaml("").lineAt(["a"]), readYaml("# none\n").lineAt([])]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("is right whatever stands above", () => {
    const line = fc.constantFrom("", "# note", "k: [1,", "  2]", "t: |", "  words", "u: 'x'");
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), (above, end) => {
        const whole = [...above, "wanted: 7", ""].join(end);
        fc.pre(failure(whole) === "taken" && Object.hasOwn(Object(parse(whole)), "wanted"));
        expect(readYaml(whole).lineAt(["wanted"])).toBe(above.length + 1);
      }),
    );
  });
});

test("aliases that multiply are refused before they fill the memory", () => {
  const names = [..."abcdefgh"];
  const bomb = names.map(
    (name, n) =>
      `${name}: &${name} [${Array(9)
        .fill(n === 0 ? "x" : `*${names[n - 1]}`)
        .join(", ")}]`,
  );
  expect(failure(bomb.join("\n"))).toMatch(/alias/i);
  expect(readYaml("a: &x [1]\nb: [*x, &x [2], *x]\n").value).toEqual({ a: [1], b: [[1], [2], [2]] });
  expect(readYaml("a: &x [1]\nb: *x\nc: *x\n").value).toEqual({ a: [1], b: [1], c: [1] });
});
