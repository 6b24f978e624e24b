import { onTestFinished } from "vitest";
import { computeStateDocument } from "../commands/state.ts";
import type { Io } from "../io.ts";
import type { Store } from "../store/store.ts";
import { type ServedRepository, servedFromBackup } from "./github/repository.ts";
import { type DoubleOptions, type GitHubDouble, startDouble } from "./github/server.ts";

export { quick } from "./quiet-io.ts";

export const sample = new URL("../sample", import.meta.url).pathname;
export const sampleName = "bare-metal-to-cloud/platform";

/** A double that ends with the test. */
export async function serve(served: ServedRepository, options: DoubleOptions = {}): Promise<GitHubDouble> {
  const double = await startDouble(served, options);
  onTestFinished(() => double.close());
  return double;
}

/** No terminal, no clock, nothing printed; what a test gives instead wins. */
export function ioFor(double: { url: string }, more: Partial<Io> = {}, env: Record<string, string> = {}): Io {
  return {
    out: () => {},
    err: () => {},
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    env: { GITHUB_API_URL: double.url, ...env },
    cwd: "/",
    now: () => 0,
    signal: new AbortController().signal,
    ...more,
  };
}

export const small = (): Promise<ServedRepository> => servedFromBackup(sample, sampleName);

/** More than a page of everything: the sample's issues many times over. */
export async function large(copies = 6): Promise<ServedRepository> {
  const base = await small();
  const served: ServedRepository = { ...base, issues: [], events: [], comments: [] };
  for (let copy = 0; copy < copies; copy += 1) {
    const shift = copy * 1000;
    const moved = base.issues.map((issue) => ({
      ...issue,
      number: Number(issue.number) + shift,
      id: Number(issue.id) + shift * 1000,
    }));
    served.issues.push(...moved);
    const byNumber = new Map(moved.map((issue) => [issue.number, issue]));
    for (const event of base.events) {
      const issue = byNumber.get(Number((event.issue as { number: number }).number) + shift);
      served.events.push({ ...event, id: Number(event.id) + shift * 1_000_000, issue });
    }
    for (const comment of base.comments)
      served.comments.push({
        ...comment,
        id: Number(comment.id) + shift * 1_000_000,
        issue_url: String(comment.issue_url).replace(/(\d+)$/, (n) => String(Number(n) + shift)),
      });
  }
  return served;
}

/** ⌈issues/100⌉ + ⌈events/100⌉ + ⌈comments/100⌉ + 5: what a first sync may ask. */
export function budgetOf({ issues, events, comments }: ServedRepository): number {
  return [issues, events, comments].reduce((sum, list) => sum + Math.ceil(list.length / 100), 5);
}

/** 5 + ⌈open issues/100⌉: what a sync that finds nothing new may ask. */
export const quietBudgetOf = ({ issues }: ServedRepository): number =>
  5 + Math.ceil(issues.filter(({ state }) => state === "open").length / 100);

/** Everything that was kept, but for when it was seen. */
export function contentOf(store: Store): string {
  store.refresh();
  const numbers = store.timelines({ pullRequests: true }).map((timeline) => timeline.number);
  const timeless = <T extends object>(value: T | null) => ({ ...value, observedAt: 0, firstSeenAt: 0 });
  return JSON.stringify({
    repository: store.repository(),
    issues: numbers.map((number) => timeless(store.issue(number))),
    events: numbers.map((number) => store.eventsOf(number)),
    comments: store.commentsOf(numbers),
    milestones: store.milestones().map(timeless),
    labels: store.labels().map(timeless),
  });
}

/** What `state --pulls --json` prints. */
export function stateOf(store: Store, at: number): string {
  store.refresh();
  const timelines = store.eachTimeline({ pullRequests: true });
  return JSON.stringify(computeStateDocument(timelines, at, store.repository(), store.names()));
}
