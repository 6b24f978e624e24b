import type { RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { isStruck, type KalmSection, ownText } from "./parse-kalm.ts";
import { promiseKey, squeeze } from "./promises.ts";

/** Something in a review that looks like a promise or an answer and is none. */
export interface UnreadKalm {
  /** 1-based, in the body. */
  line: number;
  /** A sentence without a full stop. */
  text: string;
}

/** Headings that elsewhere in a review are surely meant as K.A.L.M.'s. */
const unmistakable =
  /^(?:\d+ )*((keep|start|stop|continue|add|(do )?(less|more))( doing| of)?|follow ?ups?)$/;

/** Whether anything but comments and figures stands there. */
const isWords = (node: RootContent): boolean =>
  node.type !== "html" &&
  node.type !== "thematicBreak" &&
  node.type !== "definition" &&
  !/^::/.test(textOf(node, { includeHtml: false }));

const lineOf = (node: RootContent, section: KalmSection): number => node.position?.start.line ?? section.line;

/** What of a review's promises and answers is lost: under a heading that is none of K.A.L.M.'s, or in no list. */
export function unreadKalm(sections: readonly KalmSection[]): UnreadKalm[] {
  return sections.flatMap((section): UnreadKalm[] => {
    const { heading, line, where, kind, nodes } = section;
    const words = nodes.filter(isWords);
    const hasList = nodes.some((node) => node.type === "list");
    if (where === "outside") {
      return hasList && unmistakable.test(squeeze(heading))
        ? [
            {
              line,
              text: `what stands under "${heading}" is no promise: there is no heading K.A.L.M. above it`,
            },
          ]
        : [];
    }
    if (where === "heading") {
      const lost = nodes.find(({ type }) => type === "list" || type === "table");
      return lost === undefined
        ? []
        : [{ line, text: `a ${lost.type} right under "${heading}" makes no promises: ${headings}` }];
    }
    if (kind === null)
      return words.length === 0
        ? []
        : [{ line, text: `what stands under "${heading}" is read as no promise: ${headings}` }];
    const first = words[0];
    if (first !== undefined && !hasList)
      return [
        {
          line: lineOf(first, section),
          text: `under "${heading}" stands no list, and only its items are read`,
        },
      ];
    const lost = kind === "followUp" ? unknownMarks : struckOut;
    return nodes.flatMap((node) => lost(node, section));
  });
}

const headings = "the headings are Keep, Add, Do less, Do more and Follow-up";

/** A promise that was struck out in the review that made it. */
function struckOut(node: RootContent, section: KalmSection): UnreadKalm[] {
  if (node.type !== "list") return [];
  return node.children.filter(isStruck).map((item) => ({
    line: item.position?.start.line ?? section.line,
    text: `"${ownText(item)}" is struck through, and so no promise`,
  }));
}

function unknownMarks(node: RootContent, section: KalmSection): UnreadKalm[] {
  if (node.type !== "list") return [];
  return node.children.flatMap((item) => {
    const [mark, inside] = /^\[(.?)\]/u.exec(ownText(item)) ?? [];
    if (mark === undefined || inside === "-" || item.checked === true) return [];
    return [
      {
        line: item.position?.start.line ?? section.line,
        text: `${mark} is no answer: [x] is kept, [-] is not kept, [ ] is still open`,
      },
    ];
  });
}

/** Answers of a review to promises that nobody made before it. `wasMade`: whether one was, by its `promiseKey`. */
export function strayAnswers(
  sections: readonly KalmSection[],
  wasMade: (key: string) => boolean,
): UnreadKalm[] {
  return sections
    .filter(({ where, kind }) => where === "inside" && kind === "followUp")
    .flatMap((section) =>
      section.nodes.flatMap((node) =>
        node.type !== "list"
          ? []
          : node.children.flatMap((item): UnreadKalm[] => {
              const text = ownText(item).replace(/^\[.?\]\s*/u, "");
              if (text === "" || wasMade(promiseKey(text))) return [];
              return [
                {
                  line: item.position?.start.line ?? section.line,
                  text: `"${text}" answers a promise that no earlier review made`,
                },
              ];
            }),
      ),
    );
}

/** Headings with nothing under them, comments aside. */
export function emptyHeadings(sections: readonly KalmSection[]): UnreadKalm[] {
  return sections
    .filter(({ hasParts, nodes }) => !hasParts && nodes.every((node) => node.type === "html"))
    .map(({ line, heading }) => ({ line, text: `nothing stands under "${heading}"` }));
}
