import type { Notes } from "../../core/model/notes.ts";
import { sprintInWords } from "../format.ts";
import { notesBody } from "../notes-document.ts";
import { renderMarkdown } from "../write-markdown.ts";
import { renderBlock } from "./blocks.ts";
import { prompt, sprintLines } from "./words.ts";

/** Name of the block that holds what was shipped. */
export const shippedBlock = "shipped";

/** Release notes to be edited by a human. */
export function draftNotes(notes: Notes, date: string): string {
  const { title } = notes.sprint;
  const front = [
    "---",
    `title: ${JSON.stringify(`Release notes of ${sprintInWords({ ...notes.sprint, title })}`)}`,
    "kind: note",
    ...sprintLines(notes.sprint),
    `date: ${date}`,
    'summary: ""',
    "# Take this line out to publish.",
    "draft: true",
    "---",
  ].join("\n");
  const shipped = renderMarkdown({ type: "root", children: notesBody(notes) });
  return `${[front, prompt("What is different for those who use it? Two sentences."), renderBlock(shippedBlock, shipped)].join("\n\n")}\n`;
}

/** The notes as a human left them: the post's text without the marks and questions of the draft. */
export function editedNotes(body: string): string {
  const text = body.replace(/^<!--[\s\S]*?-->\n?/gm, "").replace(/\n{3,}/g, "\n\n");
  return `${text.trim()}\n`;
}
