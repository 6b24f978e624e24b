import { expect, test } from "vitest";
import { linksIn } from "./links.ts";

const found = (body: string) => linksIn({ body }).map(({ url, line, isPicture }) => [url, line, isPicture]);

test("links and pictures are found in their order, with the line where they stand", () => {
  expect(found("A [post](a.md)\nand ![chart](c.png)\n\n> [b](<b c.md> 'title')\n")).toEqual([
    ["a.md", 1, false],
    ["c.png", 2, true],
    ["b c.md", 4, false],
  ]);
});

test("those by reference have the line of their use, and the first definition of a name", () => {
  expect(found("[one][a], ![two][B] and [a]\n\n[a]: a.md\n[A]: other.md\n[b]: b.png\n")).toEqual([
    ["a.md", 1, false],
    ["b.png", 1, true],
    ["a.md", 1, false],
  ]);
});

test("a picture that is a link is both", () => {
  expect(found("[![chart](c.png)](a.md)")).toEqual([
    ["a.md", 1, false],
    ["c.png", 1, true],
  ]);
});

test.each([
  ["plain words", "No link, [no] brackets, a (parenthesis)."],
  ["code", "`[a](a.md)` and\n\n```\n![b](b.png)\n```\n"],
  ["a reference to nothing", "[one][none] [two][]"],
  ["a task list", "- [ ] open\n- [x] done (really)"],
])("%s holds none", (_, body) => {
  expect(found(body)).toEqual([]);
});
