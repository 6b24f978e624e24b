import { readSettings } from "../../content/read.ts";
import { type Settings, settingsFrom, settingsSchema } from "../../content/settings-schema.ts";
import type { HistoryPage } from "../../core/model/page.ts";
import type { Repositories } from "../../core/model/repositories.ts";
import { mayBeEffort } from "../../core/report/spend.ts";
import { ContentError } from "../../errors.ts";
import { unreadEffort } from "../../reports/unread-effort.ts";
import type { History } from "../../store/store.ts";

/** More would drown what else a sync says. */
const most = 10;

/** Issues and pull requests in whose new texts effort may be said. */
export function spokenIn({ issues, comments }: HistoryPage): number[] {
  return [
    ...issues.filter(({ body }) => mayBeEffort(body ?? "")).map(({ number }) => number),
    ...comments.filter(({ body }) => mayBeEffort(body)).map(({ issue }) => issue),
  ];
}

/** What of it cannot be read, in sentences. Without settings that can be read, the defaults say what a label means. */
export async function unreadNotices(
  store: History,
  contentDir: string,
  spoken: ReadonlySet<number>,
  repositories: Repositories,
): Promise<string[]> {
  if (spoken.size === 0) return [];
  const found = unreadEffort(store, await settingsOf(contentDir), repositories, spoken).map(
    ({ text }) => text,
  );
  const rest = found.length - most;
  return rest > 0
    ? [...found.slice(0, most), `${rest} more like these: npx sprintcast doctor lists them all`]
    : found;
}

async function settingsOf(contentDir: string): Promise<Settings> {
  try {
    return await readSettings(contentDir);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return settingsFrom(settingsSchema.parse({ repository: "owner/name", timeZone: "UTC" }));
  }
}
