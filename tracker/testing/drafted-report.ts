import type { KalmAnswer } from "../core/model/kalm.ts";
import type { Card, Report } from "../core/model/report.ts";

export const card = (number: number, title: string, days: number | null = 0.5): Card => ({
  number,
  title,
  url: "",
  size: days === null ? null : days >= 1 ? "L" : "M",
  days,
  labels: [],
  assignees: [],
});

export const promise = (text: string, kept: boolean | null): KalmAnswer => ({
  kind: "add",
  text,
  from: 1,
  issue: null,
  kept,
  age: 1,
});

interface Facts {
  done: string[];
  promises: KalmAnswer[];
  title?: string;
}

/** As much of a report as a draft reads. */
export function reportOf({ done, promises, title = "Packaging" }: Facts): Report {
  const doneCards = done.map((name, index) => card(index + 1, name));
  return {
    sprint: {
      number: 2,
      title,
      goal: "Run it",
      capacityDays: 7,
      firstDay: "2019-09-26",
      lastDay: "2019-10-07",
    },
    effort: {
      committed: 8.2,
      completed: 1.6,
      unestimated: { committed: 1, final: 1 },
      counts: { committed: 22, final: 22 },
    },
    unexpected: [card(30, "Access")],
    carriedOver: [{ ...card(40, "Deploy <b>it</b>", 1), depth: 2 }],
    movedOn: [],
    freezebox: [{ ...card(50, "Twice"), reason: "closed as not planned", at: null }],
    done: doneCards,
    removed: [card(60, "Frontend")],
    reestimated: [{ ...card(70, "Container"), daysBefore: 0.5, daysAfter: 1, sizeBefore: "M" }],
    debt: { opened: [], paid: [], openCards: [{ ...card(80, "By hand"), openedAt: "", paidAt: null }] },
    kalm: { followUp: promises },
    boards: {
      start: {
        at: "",
        lanes: [{ name: "Sprint", role: "sprint", days: 0, cards: [card(90, "New", null)], hidden: 0 }],
      },
    },
  } as unknown as Report;
}
