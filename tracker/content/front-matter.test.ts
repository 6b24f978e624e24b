import { describe, expect, test } from "vitest";
import { ContentError } from "../errors.ts";
import { hasFrontMatter, parseFrontMatter } from "./front-matter.ts";

const read = (text: string) => {
  const { written, body, line } = parseFrontMatter(text, "posts/x.md");
  return { data: written.value, body, line };
};
function failure(text: string): ContentError {
  try {
    parseFrontMatter(text, "posts/x.md");
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error("expected a ContentError");
}

describe("front matter is what stands between a line of three dashes and another, or one of three dots", () => {
  test.each([
    ["and a body", "---\na: 1\n---\nWords\n", { a: 1 }, "Words\n", 3],
    ["a blank line after it belongs to the body", "---\na: 1\n---\n\nWords", { a: 1 }, "\nWords", 3],
    ["alone, without a last line end", "---\na: 1\n---", { a: 1 }, "", 2],
    ["of no key", "---\n---\nWords", null, "Words", 2],
    [
      "with Windows line ends and a byte order mark",
      "\uFEFF---\r\na: 1\r\n---\r\nWords\r\n",
      { a: 1 },
      "Words\r\n",
      3,
    ],
    ["with blanks behind the dashes", "--- \na: 1\n---\t \nWords", { a: 1 }, "Words", 3],
    [
      "whose keys hold dashes",
      "---\na: x --- y\nb: ---more\n---\nWords",
      { a: "x --- y", b: "---more" },
      "Words",
      4,
    ],
    ["before a body with rules", "---\na: 1\n---\nWords\n\n---\n\nMore", { a: 1 }, "Words\n\n---\n\nMore", 3],
    [
      "with a text of several lines",
      "---\na: |\n  one\n  --- two\n---\nWords",
      { a: "one\n--- two\n" },
      "Words",
      5,
    ],
    ["closed by dots", "---\na: 1\n...\nWords\n", { a: 1 }, "Words\n", 3],
    ["closed by dots with blanks behind them", "---\r\na: 1\r\n... \r\nWords", { a: 1 }, "Words", 3],
    ["closed by dots at the end of the file", "---\na: 1\n...", { a: 1 }, "", 2],
    ["closed by dots and dashes", "---\na: 1\n...\n---\nWords", { a: 1 }, "Words", 4],
    ["closed by dots before a longer rule", "---\na: 1\n...\n----\nWords", { a: 1 }, "----\nWords", 3],
    ["closed by dashes before a line of dots", "---\na: 1\n---\nWell\n...\n", { a: 1 }, "Well\n...\n", 3],
    ["whose keys hold dots", "---\na: x\n  ...\nb: ...\n---\nWords", { a: "x ...", b: "..." }, "Words", 5],
    ["before a banner", `---\na: 1\n...\n${"#".repeat(10_000)}\n`, { a: 1 }, `${"#".repeat(10_000)}\n`, 3],
    ["that ends with the file", "---\n# ours\na: 1\n\n# more\nb: [2]\n", { a: 1, b: [2] }, "", 6],
    ["that ends with the file, without a last line end", "---\na: 1", { a: 1 }, "", 1],
    ["that ends with the file of Windows", "\uFEFF---\r\na: |\r\n  # x\r\n\r\n", { a: "# x\n" }, "", 4],
    ["of a comment alone", "---\n# later\n---\nWords", null, "Words", 3],
  ])("%s", (_, text, data, body, line) => {
    expect(read(text)).toEqual({ data, body, line });
    // The line is where the body begins.
    if (body !== "") expect(text.split("\n").slice(line).join("\n")).toBe(body);
  });
});

test.each([
  ["never ends", "---\ntitle: T\n\n# Words: as they come\n", "front-matter-open"],
  ["never ends, with Windows line ends", "---\r\ntitle: T\r\n\r\nWords\r\n", "front-matter-open"],
  ["never ends, before a heading alone", "---\ntitle: T\n# Words\n", "front-matter-open"],
  ["never ends, before a heading and a list", "---\npeople:\n\n# Goals\n- ship it\n", "front-matter-open"],
  ["never ends, before a banner", `---\ntitle: T\n${"#".repeat(10_000)}\n`, "front-matter-open"],
  ["never ends and has no key", "---\n", "front-matter-open"],
  ["never ends and is a list", "---\n- a\n", "front-matter-open"],
  ["never ends and is a text", "---\nWords\n", "front-matter-open"],
  ["never ends and is of comments", "---\n# Words\n", "front-matter-open"],
  ["never ends and has a key twice", "---\na: 1\na: 2\n", "front-matter-open"],
  ["ends in four dots", "---\ntitle: T\n....\nWords", "front-matter-open"],
  ["ends in a line of more than dashes", "---\ntitle: T\n---- \nWords", "front-matter-open"],
  ["ends in four dashes and a word", "---\ntitle: T\n---end\n", "front-matter-open"],
  ["is not there", "title: T\n---\n", "front-matter-missing"],
  ["begins with four dashes", "----\ntitle: T\n---\n", "front-matter-missing"],
  ["begins after a blank line", "\n---\ntitle: T\n---\n", "front-matter-missing"],
  ["is of another kind", "---js\n{ a: 1 }\n---\n", "front-matter-missing"],
  ["is TOML", "+++\na = 1\n+++\n", "front-matter-missing"],
  ["is an empty file", "", "front-matter-missing"],
  ["has a bracket too few", "---\na: [1\n---\n", "front-matter-yaml"],
])("one that %s is refused, with what to do", (_, text, code) => {
  const error = failure(text);
  expect(error).toMatchObject({ code, exitCode: 3, file: "posts/x.md" });
  expect(error.hint?.length).toBeGreaterThan(20);
});

test("the lines of a fault are those of the file", () => {
  expect(failure("---\ntitle: T\ntitle: U\n---\n").message).toBe(
    "posts/x.md: the front matter is not valid YAML: the key title is there twice (line 3)",
  );
  expect(failure("\uFEFF---\r\na:\r\n\tb: 1\r\n---\r\n").message).toMatch(/tab.*\(line 3\)$/);
  expect(parseFrontMatter("---\na: 1\nb: 2\n---\n", "x.md").written.lineAt(["b"])).toBe(3);
});

test.each([
  ["---\n", true],
  ["\uFEFF---\r\n", true],
  ["--- \nx", true],
  ["---", false],
  ["----\n", false],
  [" ---\n", false],
  ["- --\n", false],
])("%j begins front matter: %j", (text, expected) => {
  expect(hasFrontMatter(text)).toBe(expected);
});
