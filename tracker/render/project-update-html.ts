import { toHtml } from "hast-util-to-html";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import type { ProjectUpdate } from "../core/model/report.ts";
import { projectUpdateBody } from "./project-updates.ts";
import { safeTree } from "./write-markdown.ts";

/** The words of an update as HTML that holds nothing but text, lists, tables and links to the web. */
export function projectUpdateHtml(update: Pick<ProjectUpdate, "body">): string {
  const tree = safeTree({ type: "root", children: projectUpdateBody(update) });
  return toHtml(unified().use(remarkRehype).runSync(tree));
}
