import type { ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import type { Root } from "mdast";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { pageColours } from "./charts/ink.ts";
import { safeText } from "./safe-text.ts";
import { safeTree } from "./write-markdown.ts";

const style = `
${pageColours}
body{background:var(--paper);color:var(--ink);font:1rem/1.5 ui-sans-serif,system-ui,sans-serif;max-width:46rem;
margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
a{color:inherit}table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:baseline;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
th{font-weight:500;color:var(--quiet)}[align=right]{text-align:end}figure{margin:1.5rem 0}svg{width:100%}
`;

/**
 * A document tree as one HTML file without scripts or requests. `charts` are SVG texts from charts/, the only markup
 * that is inserted as it is.
 */
export function renderHtml(title: string, tree: Root, charts: string[] = []): string {
  const body = unified().use(remarkRehype).runSync(safeTree(tree));
  const figures = charts.map((svg) =>
    h("figure", [{ type: "raw", value: svg } as unknown as ElementContent]),
  );
  const page = h(null, [
    { type: "doctype" },
    h("html", { lang: "en" }, [
      h("head", [
        h("meta", { charSet: "utf-8" }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("title", safeText(title)),
        h("style", style),
      ]),
      h("body", [h("main", [...(body.children as ElementContent[]), ...figures])]),
    ]),
  ]);
  return `${toHtml(page, { allowDangerousHtml: true })}\n`;
}
