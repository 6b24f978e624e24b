import { en } from "./en.ts";
import { isText, slotsIn, type Text, type TextTree } from "./text.ts";

/** Texts that a team has in words of its own, by the names that they have here. */
export interface OwnTexts {
  readonly [name: string]: Text | OwnTexts;
}

/** Whether a tag is one that `Intl` takes: de, de-AT, ar-EG. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A text of the team's that cannot be used. */
export interface TextFault {
  /** Where it stands, such as ["pages", "home", "posts"]. */
  path: string[];
  problem: string;
}

/**
 * Slots that are filled beside those that our own texts have: amounts without their unit, for texts that say it
 * themselves.
 */
const moreSlots: Readonly<Record<string, readonly string[]>> = {
  "charts.burndown.known": ["scopeAtStart", "unit"],
  "charts.velocity.desc": ["median", "unit"],
  "charts.estimation.desc": ["error"],
  "flow.waits.known": ["days", "workingDays"],
  "flow.chart.weeksDesc": ["mean"],
  "forecast.refused.sparse": ["mean"],
  "forecast.sample": ["mean"],
  "forecast.record": ["ahead"],
  "report.budget.remarks": ["count"],
};

/** What is wrong with a team's own texts: names that no text has, groups and texts mixed up, slots that are never filled. */
export function textFaults(own: unknown, texts: TextTree = en, path: string[] = []): TextFault[] {
  if (typeof own !== "object" || own === null || Array.isArray(own))
    return [
      {
        path,
        problem: `expected texts by their names, such as ${Object.keys(texts).slice(0, 3).join(", ")}`,
      },
    ];
  return Object.entries(own).flatMap(([name, mine]): TextFault[] => {
    const here = [...path, name];
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (text === undefined)
      return [
        { path: here, problem: `there is no such text, expected one of ${Object.keys(texts).join(", ")}` },
      ];
    if (!isText(text)) return textFaults(mine, text, here);
    if (!isText(mine)) return [{ path: here, problem: "expected a text, or its forms with at least other" }];
    const known = new Set([...slotsIn(text), ...(moreSlots[here.join(".")] ?? [])]);
    const unknown = [...slotsIn(mine)].filter((slot) => !known.has(slot) && slot !== "n");
    if (unknown.length === 0 && (known.has("n") || typeof text !== "string" || !slotsIn(mine).has("n")))
      return [];
    const slots = [...known].map((slot) => `{${slot}}`).join(", ") || "no slot";
    return [{ path: here, problem: `{${unknown[0] ?? "n"}} is filled with nothing here, expected ${slots}` }];
  });
}
