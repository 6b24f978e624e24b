import type { Content } from "../../content/read.ts";
import { unreadEffort } from "../../reports/unread-effort.ts";
import type { Store } from "../../store/store.ts";
import type { Check } from "./check.ts";

/** Effort that somebody wrote and that no figure counts. */
export function checkEffort(store: Store, { settings }: Content): Check[] {
  return unreadEffort(store, settings).map(({ text }) => ({
    name: "effort",
    verdict: "look",
    found: text,
    hint: "How to write effort: docs/writing.md.",
  }));
}
