/** A figure that a post asks for, read from a leaf directive such as `::board{at=start}`. */
export type Directive = ReportFigure | { name: "demo" } | { name: "video"; youtube: string };

/** A figure that shows a sprint's report. */
export type ReportFigure =
  | { name: "board"; at: "start" | "end" }
  | { name: "effort" | "unexpected" | "debt" | "kalm" | "burndown" | "budget" };

export type DirectiveName = Directive["name"];

interface AttributeRule {
  pattern: RegExp;
  expected: string;
}

const attributeRules: Record<DirectiveName, Record<string, AttributeRule>> = {
  board: { at: { pattern: /^(start|end)$/, expected: "start or end" } },
  effort: {},
  unexpected: {},
  debt: {},
  kalm: {},
  burndown: {},
  budget: {},
  demo: {},
  video: { youtube: { pattern: /^[\w-]{11}$/, expected: "the eleven characters of a YouTube video id" } },
};

/** Each directive as it is written. */
export const directiveExamples: Record<DirectiveName, string> = {
  board: "::board{at=start} or ::board{at=end}",
  effort: "::effort",
  unexpected: "::unexpected",
  debt: "::debt",
  kalm: "::kalm",
  burndown: "::burndown",
  budget: "::budget",
  demo: "::demo",
  video: "::video{youtube=ID}",
};

export const directiveNames: DirectiveName[] = Object.keys(attributeRules) as DirectiveName[];

export function isDirectiveName(name: string): name is DirectiveName {
  return Object.hasOwn(attributeRules, name);
}

/** What is wrong with a directive, and how to write it. The caller adds file and line. */
export interface DirectiveProblem {
  problem: string;
  hint: string;
}

/** Turns a name and attributes as written into a directive, or into what is wrong with them. */
export function parseDirective(
  name: string,
  attributes: Record<string, string | null | undefined>,
): Directive | DirectiveProblem {
  if (!isDirectiveName(name)) {
    return {
      problem: `there is no directive "${name}"`,
      hint: `There are ${Object.values(directiveExamples).join(", ")}.`,
    };
  }
  const rules = attributeRules[name];
  const hint = `Write ${directiveExamples[name]}.`;
  for (const key of Object.keys(attributes))
    if (!Object.hasOwn(rules, key)) return { problem: `"${name}" has no attribute "${key}"`, hint };
  for (const [key, rule] of Object.entries(rules)) {
    const value = attributes[key];
    if (value === undefined || value === null) return { problem: `"${name}" needs "${key}"`, hint };
    if (!rule.pattern.test(value))
      return { problem: `"${name}" has ${key}="${value}", expected ${rule.expected}`, hint };
  }
  return { name, ...attributes } as Directive;
}
