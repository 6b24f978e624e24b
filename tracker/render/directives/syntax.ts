import type { Options as ToMarkdown } from "mdast-util-to-markdown";
import type { Extension as Micromark } from "micromark-util-types";
import remarkDirective from "remark-directive";
import type { Processor } from "unified";

/**
 * Directive syntax without its inline form, so that `10:am` and `:smile:` stay words: only a line of its own that
 * starts with two colons asks for a figure. Call it from a plugin, on the processor.
 */
export function useLeafDirectives(processor: Processor): void {
  remarkDirective.call(processor);
  const data = processor.data() as {
    micromarkExtensions?: Micromark[];
    toMarkdownExtensions?: ToMarkdown[];
  };
  // remark-directive has no option for this; its extension is the newest on each list.
  const syntax = data.micromarkExtensions?.pop();
  if (syntax?.flow) data.micromarkExtensions?.push({ flow: syntax.flow });
  const writing = data.toMarkdownExtensions?.pop();
  if (writing) {
    const unsafe = writing.unsafe?.filter((rule) => rule.inConstruct !== "phrasing") ?? [];
    data.toMarkdownExtensions?.push({ ...writing, unsafe });
  }
}
