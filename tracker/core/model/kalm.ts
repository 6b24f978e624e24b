export type KalmKind = "keep" | "add" | "less" | "more";

export interface KalmEntry {
  text: string;
  /** The sprint whose review made the promise. */
  from: number;
  /** Linked issue, which then answers the promise. */
  issue: number | null;
  /** What it is called among several repositories, such as `web#12`; absent: its number says it. */
  ref?: string;
  /** Login of who looks after it, without the @; absent: nobody is named. */
  owner?: string;
  /** http(s) address that it points to; of a promise by label its issue's, of a written one another. Absent: none. */
  link?: string;
}

export interface KalmAnswer extends KalmEntry {
  kind: KalmKind;
  /** true kept, false not kept, null still open. */
  kept: boolean | null;
  /** Age in sprints. */
  age: number;
}

/** What one sprint's review promises, and its answers to what was promised before. */
export interface Kalm {
  keep: KalmEntry[];
  add: KalmEntry[];
  less: KalmEntry[];
  more: KalmEntry[];
  followUp: KalmAnswer[];
  /** kept ÷ answered, over follow-ups of this sprint; null when nothing was answered. */
  keepRate: number | null;
}

/** What a KALM label promises: the title of its issue, who was assigned to it, and where it is to be read. */
export interface LabelledPromise extends Pick<KalmEntry, "text" | "owner" | "link"> {
  kind: KalmKind;
}

/** What history says of one issue that promises rest on: all of KALM that is measured. Everything else is words. */
export interface PromiseIssue {
  number: number;
  /** See Card.ref. */
  ref?: string;
  /** Its answer at the sprint's end: done keeps a promise (true), dropped does not (false), open leaves it open (null). */
  kept: boolean | null;
  /** Promises that its KALM labels made in this sprint, in the words of its title then. */
  made: LabelledPromise[];
}
