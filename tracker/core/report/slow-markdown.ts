/** The parser compares every sign of emphasis with all others: 20,000 of them would keep it busy for minutes. */
const mostEmphasis = 1500;
/** Quotes and lists one in another, and that times lines: the parser walks through all of them on every line. */
const deepest = 50;
const mostSteps = 100_000;
const nesting = /(?:>|(?:[*+-]|\d{1,9}[.)])[ \t])/g;

/** Whether a text's quotes and lists are nested too deep to be parsed in good time. */
export function isTooDeep(lines: readonly string[]): boolean {
  const depths = lines.map((line) => (/^[\s>*+.)\d-]*/.exec(line)?.[0] ?? "").match(nesting)?.length ?? 0);
  const depth = depths.reduce((most, one) => Math.max(most, one), 0);
  return depth > deepest || depth * lines.length > mostSteps;
}

/** Whether a text has so many signs of emphasis that parsing them takes long. */
export const hasTooMuchEmphasis = (body: string): boolean =>
  (body.match(/[*_~]/g)?.length ?? 0) > mostEmphasis;
