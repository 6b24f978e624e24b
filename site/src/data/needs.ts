import type { Needs } from "../view/csp.ts";
import type { Part } from "../view/prose.ts";
import type { Settings } from "./site.ts";

/** What the figures of a post ask of the page's Content-Security-Policy. */
export function needsOf(parts: Part[], settings: Pick<Settings, "liveUrl">): Needs {
  const names = new Set(parts.flatMap(directiveNamesIn));
  return {
    ...(names.has("video") ? { frames: ["https://www.youtube-nocookie.com"] } : {}),
    ...(names.has("demo") && settings.liveUrl ? { live: [settings.liveUrl] } : {}),
  };
}

function directiveNamesIn(part: Part): string[] {
  if (part.type === "figure") return [part.directive.name];
  return part.type === "element" ? part.parts.flatMap(directiveNamesIn) : [];
}
