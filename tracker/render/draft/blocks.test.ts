import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { humanParts, renderBlock, renewBlocks } from "./blocks.ts";
import { editedNotes } from "./notes.ts";
import { escapeMarkdown } from "./words.ts";

const body = fc
  .array(fc.constantFrom("- a task", "", "# A heading", "<!-- a comment -->", "::effort", "text -- more"), {
    maxLength: 5,
  })
  .map((lines) => lines.join("\n"));
const words = fc.constantFrom("", "We did it.\n", "\n\n", "<!-- mine -->\n", "<!-- /sprintcast:done -->\n");

describe("a block of ours in a post", () => {
  it("is renewed as long as nobody has touched it, and all around it keeps its bytes", () => {
    fc.assert(
      fc.property(body, body, words, words, (old, fresh, before, after) => {
        const post = `${before}${renderBlock("done", old)}\n${after}`;
        expect(renewBlocks(post, renderBlock("done", fresh))).toBe(
          `${before}${renderBlock("done", fresh)}\n${after}`,
        );
      }),
      { seed: 21 },
    );
  });

  it("belongs to whoever edits it, for good", () => {
    const post = renderBlock("done", "- one");
    for (const edited of [
      post.replace("- one", "- one, at last"),
      post.replace("- one\n", ""),
      post.replace("- one", "- one "),
      post.replaceAll("\n", "\r\n"),
      post.replace(/ [0-9a-f]{12} /, " 000000000000 "),
    ]) {
      expect(edited).not.toBe(post);
      expect(renewBlocks(edited, renderBlock("done", "- two"))).toBe(edited);
    }
  });

  it("that is fresh no more, or new, is left as it is, and none is added", () => {
    const post = `${renderBlock("done", "- one")}\n\n${renderBlock("debt", "- two")}\n`;
    expect(renewBlocks(post, renderBlock("kalm", "- three"))).toBe(post);
    expect(renewBlocks("no blocks", renderBlock("done", "- one"))).toBe("no blocks");
  });

  it("is found by its name, also where two follow each other", () => {
    const post = [renderBlock("done", "- one"), renderBlock("debt", "- two")].join("\n");
    expect(renewBlocks(post, renderBlock("debt", "- three"))).toBe(
      [renderBlock("done", "- one"), renderBlock("debt", "- three")].join("\n"),
    );
  });

  it("keeps signs that mean something in a replacement as they are", () => {
    const post = renderBlock("done", "- one");
    for (const told of ["- costs $1 and $& and $`", "- \\1 and $<name>"])
      expect(renewBlocks(post, renderBlock("done", told))).toBe(renderBlock("done", told));
  });
});

describe("what a human wrote in a post", () => {
  it("is all but the untouched blocks, in the pieces between them", () => {
    const [one, two] = [renderBlock("done", "- one"), renderBlock("debt", "- two")];
    expect(humanParts(`before\n${one}\nbetween\n${two}\nafter`)).toEqual([
      "before\n",
      "\nbetween\n",
      "\nafter",
    ]);
    expect(humanParts("only words")).toEqual(["only words"]);
    const edited = one.replace("- one", "- mine");
    expect(humanParts(`${edited}\n${two}`)).toEqual([`${edited}\n`, ""]);
  });

  it("of notes has no mark and no question of the draft, and its own comments' lines are gone too", () => {
    const post = `<!-- What is new? -->\nMuch.\n\n${renderBlock("shipped", "## Tasks\n\n- One (#1)")}\n\n\n\nThanks.\n`;
    expect(editedNotes(post)).toBe("Much.\n\n## Tasks\n\n- One (#1)\n\nThanks.\n");
    expect(editedNotes("")).toBe("\n");
    expect(editedNotes("a\n<!-- over\ntwo lines -->\nb")).toBe("a\nb\n");
    expect(editedNotes("code `<!-- x -->` stays")).toBe("code `<!-- x -->` stays\n");
  });
});

describe("a title in a draft", () => {
  it("is words in Markdown and in a comment, whatever stands in it", () => {
    expect(escapeMarkdown("a -- b --> c")).not.toMatch(/--/);
    expect(escapeMarkdown("::effort")).not.toContain("::");
    expect(escapeMarkdown("two\nlines\tand a bell\u0007")).toBe("two lines and a bell ");
    expect(escapeMarkdown("*a* _b_ `c` [d](e) <f> |g| ~h~ {i}")).toBe(
      "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\|g\\| \\~h\\~ \\{i\\}",
    );
    expect(escapeMarkdown("&lt; AT&T & co")).toBe("\\&lt; AT&T & co");
  });
});
