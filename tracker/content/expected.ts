import type { z } from "zod";

type RawIssue = z.core.$ZodRawIssue;

const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

const formats: Record<string, string> = {
  date: "a day such as 2026-01-05",
  datetime: "an instant such as 2026-01-05T09:00:00Z",
  url: "an address such as https://example.org",
};

/** What a schema wanted, in plain English: "expected a whole number". For schemas that say nothing of their own. */
export function expectation(issue: RawIssue): string {
  return `expected ${wantedBy(issue as z.core.$ZodIssue)}`;
}

function wantedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return kinds[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return formats[issue.format] ?? "text of another form";
    case "too_small":
      return least(issue.origin, Number(issue.minimum), issue.inclusive ?? true);
    case "too_big":
      return `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin, Number(issue.maximum))}`;
    case "invalid_union":
      return eitherOf(issue.errors);
    case "invalid_key":
      return "a name before each colon";
    default:
      return "something else";
  }
}

function least(origin: string, minimum: number, inclusive: boolean): string {
  if (origin === "string" && minimum === 1) return "some text";
  return `${inclusive ? "at least" : "more than"} ${minimum}${unitOf(origin, minimum)}`;
}

function unitOf(origin: string, n: number): string {
  if (origin === "string") return n === 1 ? " character" : " characters";
  if (origin === "array") return n === 1 ? " entry" : " entries";
  return "";
}

const eitherOf = (options: readonly z.core.$ZodIssue[][]): string => {
  const wanted = options.flatMap((issues) =>
    issues.flatMap(({ path, message }) => (path.length === 0 ? [message.replace(/^expected /, "")] : [])),
  );
  return [...new Set(wanted)].join(", or ") || "something else";
};

/** What came, as a person would name it. */
export function describeGot(came: unknown): string {
  if (came === null) return "nothing";
  if (Array.isArray(came)) return came.length === 0 ? "an empty list" : `a list of ${came.length}`;
  if (typeof came === "object") return "keys with values";
  const text = typeof came === "string" ? JSON.stringify(came) : String(came);
  return text.length > 80 ? `${text.slice(0, 79)}…"` : text;
}

/** Problems one by one: of alternatives, those of the only one that is of the kind that came. */
export function flatIssues(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const flat = issues.flatMap((issue) => {
    if (issue.code !== "invalid_union") return [issue];
    const meant = issue.errors.filter((option) => !option.some(isOtherKind));
    const [only] = meant;
    if (only === undefined || meant.length > 1) return [issue];
    return flatIssues(only).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });
  // Of something of another kind nothing else is worth telling.
  const wrong = new Set(
    flat.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join("\n")),
  );
  return flat.filter(({ code, path }) => code === "invalid_type" || !wrong.has(path.join("\n")));
}

const isOtherKind = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");
