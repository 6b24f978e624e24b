import type { Content } from "../../content/read.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import { unreadEffort } from "../../reports/unread-effort.ts";
import type { Check } from "./check.ts";

/** Effort that somebody wrote and that no figure counts. */
export function checkEffort({ history, repositories }: OpenHistory, { settings }: Content): Check[] {
  return unreadEffort(history, settings, repositories).map(({ text }) => ({
    name: "effort",
    verdict: "look",
    found: text,
    hint: "How to write effort: docs/writing.md.",
  }));
}
