import leven from "leven";
import type { z } from "zod";
import { ContentError } from "../errors.ts";
import { type Advice, adviceFor } from "./advice.ts";
import { describeGot, expectation, flatIssues } from "./expected.ts";
import { keysAt } from "./schema-at.ts";
import type { WrittenYaml } from "./yaml.ts";

type Issue = z.core.$ZodIssue;

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (v, key) => (v === null || typeof v !== "object" ? undefined : Reflect.get(v, key)),
    value,
  );
}

/** The known word nearest to `word` in any case, where one is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const best = known.map((k) => ({ k, d: leven(wanted, k.toLowerCase()) })).sort((a, b) => a.d - b.d)[0];
  // Words as short as three letters are all alike within two.
  const most = wanted.length < 4 ? 1 : Math.max(2, wanted.length / 3);
  return best !== undefined && best.d <= most ? best.k : null;
}

/** A file whose content is checked. */
export interface CheckedFile {
  file: string;
  /** Code of the error. */
  code: string;
  hint: string;
  /** Where its keys stand, of a file that people write. */
  written?: WrittenYaml;
}

interface Checked extends CheckedFile {
  schema: z.ZodType;
  value: unknown;
}

function lineOf(path: readonly PropertyKey[], { written }: CheckedFile): string {
  const line = written?.lineAt(path) ?? null;
  return line === null ? "" : ` (line ${line})`;
}

/** What is wrong at a place; not yet in words, since those take long. */
interface Problem {
  at: readonly PropertyKey[];
  issue: Issue;
  /** 1-based; 0: it is not known. */
  line: number;
}

/** Each key that is not known is a problem of its own. */
const placesOf = (issue: Issue): (readonly PropertyKey[])[] =>
  issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

/** `told`: all problems that are, in their order. Which keys there are is told once, and only where one is too far from all of them. */
function unknownKey({ at, issue }: Problem, told: readonly Problem[], checked: Checked): string {
  const known = keysAt(checked.schema, issue.path);
  const nearTo = (one: Problem) => nearest(String(one.at.at(-1)), known);
  const near = nearTo({ at, issue, line: 0 });
  const lost = told.findLast((one) => one.issue === issue && nearTo(one) === null);
  const meant = near === null ? "" : `; did you mean "${near}"?`;
  const all = lost?.at === at && known.length > 0 ? `. Known: ${known.join(", ")}` : "";
  return `${at.map(String).join(".")} is not known${meant}${lineOf(at, checked)}${all}`;
}

/** Faults of form, of which an example shows more than words. */
const ofForm: ReadonlySet<string> = new Set(["invalid_type", "invalid_union", "invalid_format"]);

/** What a key that is not there is told as. */
const absent: ReadonlySet<string> = new Set(["invalid_type", "invalid_value", "invalid_union"]);

function sentence({ path, message, ...issue }: Issue, checked: Checked): string {
  const { schema, value, written } = checked;
  const came = valueAt(value, path);
  const isMissing = came === undefined && path.length > 0 && absent.has(issue.code);
  const isFormal = ofForm.has(issue.code) || (issue.code === "too_small" && Array.isArray(came));
  const source = written?.sourceAt(path) ?? null;
  const advice = written !== undefined && isFormal ? adviceFor(schema, value, path, { came, source }) : null;
  const example =
    advice === null || advice.isMended || message.includes("such as") ? "" : ` such as ${advice.text}`;
  const isTold = came === undefined || message.includes(", got");
  const got =
    isTold || (issue.code === "custom" && typeof came === "object") ? "" : `, got ${describeGot(came)}`;
  const name = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
  const missing = isMissing ? "is missing, " : "";
  const line = came === undefined && path.length === 1 ? "" : lineOf(path, checked);
  return `${name}${missing}${message}${example}${got}${meantBy(issue, path, came, advice)}${line}`;
}

function meantBy(
  issue: Pick<Issue, "code"> & { values?: unknown },
  path: readonly PropertyKey[],
  came: unknown,
  advice: Advice | null,
): string {
  if (issue.code === "invalid_value" && Array.isArray(issue.values) && typeof came === "string") {
    const near = nearest(came, issue.values.map(String));
    return near === null ? "" : `; did you mean ${near}?`;
  }
  if (advice === null || !advice.isMended) return "";
  const key = path.at(-1);
  return `; write ${typeof key === "string" ? `${key}: ` : ""}${advice.text}`;
}

/** More than this is no list that anybody reads. */
const mostProblems = 20;

/** Compiling a schema takes as long as parsing this many values without, of those that a team writes by the hundred. */
const compiledAfter = 200;
const validated = new WeakMap<z.ZodType, number>();

/**
 * Parses what a content file holds. Throws ContentError (exit code 3) naming file, key and line, what was expected and
 * what came, with what to write instead where that is known; all problems at once.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, checked: CheckedFile): T {
  const times = validated.get(schema) ?? 0;
  validated.set(schema, times + 1);
  const result = schema.safeParse(value, { jitless: times < compiledAfter, error: expectation });
  if (result.success) return result.data;
  const { file, code, hint, written } = checked;
  const problems = flatIssues(result.error.issues)
    .flatMap((issue) => placesOf(issue).map((at): Problem => ({ at, issue, line: written?.lineAt(at) ?? 0 })))
    .sort((a, b) => a.line - b.line);
  const told = problems.slice(0, mostProblems);
  const whole = { ...checked, schema, value };
  const lines = told.map((problem) =>
    problem.issue.code === "unrecognized_keys"
      ? unknownKey(problem, told, whole)
      : sentence(problem.issue, whole),
  );
  const left = problems.length - told.length;
  const shown = left > 0 ? [...lines, `and ${left} more`] : lines;
  throw new ContentError(code, file, shown.join("\n  "), { hint, cause: result.error });
}
