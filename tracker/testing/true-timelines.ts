import { forever, type Interval, type IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Simulation, TrueState } from "./simulate.ts";

type Truth = Pick<Interval, "attribute" | "value" | "key">;

/** The life of every issue of a simulation as it truly was, by the names of the time. */
export function trueTimelines({ truth, page, labelNames }: Simulation): IssueTimeline[] {
  const lives = new Map<number, Interval[]>(page.issues.map(({ number }) => [number, []]));
  const lasting = new Map<string, { issue: number; interval: Interval }>();
  const end = (key: string, at: number) => {
    const { issue, interval } = present(lasting.get(key));
    if (interval.from < at) present(lives.get(issue)).push({ ...interval, to: at });
    lasting.delete(key);
  };
  for (const { at, issues } of truth) {
    const now = new Map(
      issues.flatMap((issue) =>
        truthsOf(issue, labelNames).map((one) => [
          `${issue.number} ${one.attribute} ${one.key}`,
          { issue: issue.number, one },
        ]),
      ),
    );
    for (const key of [...lasting.keys()]) if (!now.has(key)) end(key, at);
    for (const [key, { issue, one }] of now)
      if (!lasting.has(key)) lasting.set(key, { issue, interval: { ...one, from: at, ...unnoted } });
  }
  for (const key of [...lasting.keys()]) end(key, forever);
  return page.issues.map(({ number, createdAt, author, pullRequest, url, title }) => ({
    ...{ number, createdAt, author, pullRequest, url, title },
    intervals: present(lives.get(number)),
  }));
}

const unnoted = {
  to: forever,
  startEvent: null,
  endEvent: null,
  startActor: null,
  endActor: null,
  provenance: "replayed",
} as const;

function truthsOf({ title, state, labels, milestone }: TrueState, labelNames: Map<number, string>): Truth[] {
  return [
    { attribute: "title", value: title, key: title },
    { attribute: "state", value: state, key: state },
    ...(state === "closed"
      ? [{ attribute: "stateReason" as const, value: "completed", key: "completed" }]
      : []),
    ...labels.map(({ id, name }) => ({
      attribute: "label" as const,
      value: name,
      key: labelNames.get(id) ?? name,
    })),
    ...(milestone === null
      ? []
      : [{ attribute: "milestone" as const, value: milestone.name, key: String(milestone.id) }]),
  ];
}
