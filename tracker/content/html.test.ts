import { expect, test } from "vitest";
import { htmlIn } from "./html.ts";

test.each([
  ["none", "# Words\n\n1 < 2 and <https://a.example/> and a<b", null],
  ["an address and a mail address are links", "<https://a.example> <a@b.example>", null],
  ["code is shown", "`<b>` and\n\n```html\n<p>x</p>\n```\n\n    <i>x</i>", null],
  ["a comment is for whoever edits", "<!-- <b>later</b> -->\n\n<!--\n<table>\n-->", null],
  ["a comment that never ends", "<!-- <b>x</b>", null],
  ["an escaped bracket", "\\<b>x\\</b>", null],
  ["a tag in a line", "One\n\nTwo <b>three</b>", { line: 3, tags: ["b"] }],
  [
    "a block, and tags in it",
    "\n<details>\n<summary>x</summary>\n</details>",
    { line: 2, tags: ["details", "summary"] },
  ],
  [
    "each tag once, in small letters, in their order",
    "<B>x</B> <br/> <b>y</b> <my-tag>",
    { line: 1, tags: ["b", "br", "my-tag"] },
  ],
  ["a tag behind a comment", "<!-- x --><kbd>y</kbd>", { line: 1, tags: ["kbd"] }],
  ["a closing tag alone", "x </span> y", { line: 1, tags: ["span"] }],
  ["in a list and a quotation", "- x\n- > <sub>y</sub>", { line: 2, tags: ["sub"] }],
  [
    "what would run",
    "<script>alert(1)</script>\n\n<img src=x onerror=y>",
    { line: 1, tags: ["script", "img"] },
  ],
  ["with Windows line ends", "One\r\n\r\n<i>x</i>\r\n", { line: 3, tags: ["i"] }],
])("%s", (_, body, expected) => {
  expect(htmlIn({ body })).toEqual(expected);
});
