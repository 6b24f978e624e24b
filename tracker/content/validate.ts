import leven from "leven";
import type { z } from "zod";
import { ContentError } from "../errors.ts";

type Issue = z.core.$ZodIssue;

const pathOf = (issue: Issue): string => issue.path.map(String).join(".") || "the file";

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (v, key) => (v === null || typeof v !== "object" ? undefined : Reflect.get(v, key)),
    value,
  );
}

/** The known word nearest to `word`, where one is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const best = known.map((k) => ({ k, d: leven(word, k) })).sort((a, b) => a.d - b.d)[0];
  return best !== undefined && best.d <= Math.max(2, word.length / 3) ? best.k : null;
}

function shapeAt(schema: unknown, path: PropertyKey[]): string[] {
  let at = schema as {
    shape?: Record<string, unknown>;
    element?: unknown;
    unwrap?: () => unknown;
    def?: { innerType?: unknown };
  };
  for (const key of [...path, null]) {
    while (at?.shape === undefined && at?.def?.innerType !== undefined) at = at.def.innerType as typeof at;
    if (key === null) break;
    at = (typeof key === "number" ? at.element : at.shape?.[String(key)]) as typeof at;
    if (at === undefined) return [];
  }
  return Object.keys(at?.shape ?? {});
}

function sentence(issue: Issue, value: unknown, schema: unknown): string {
  if (issue.code === "unrecognized_keys") {
    const known = shapeAt(schema, issue.path);
    const [key] = issue.keys;
    const meant = key === undefined ? null : nearest(key, known);
    return `${[...issue.path, key].join(".")} is not known${meant === null ? "" : `; did you mean "${meant}"?`}${known.length === 0 ? "" : ` Known: ${known.join(", ")}.`}`;
  }
  const came = valueAt(value, issue.path);
  if (came === undefined && issue.code === "invalid_type" && issue.path.length > 0)
    return `${pathOf(issue)}: is missing, expected ${issue.expected}`;
  const got =
    came === undefined || (typeof came === "object" && came !== null) ? "" : `, got ${JSON.stringify(came)}`;
  return `${pathOf(issue)}: ${issue.message}${issue.message.includes(", got") || issue.message.includes("received") ? "" : got}`;
}

/** Compiling a schema takes as long as parsing this many values without, of those that a team writes by the hundred. */
const compiledAfter = 200;
const validated = new WeakMap<z.ZodType, number>();

/**
 * Parses what a content file holds. Throws ContentError (exit code 3) naming file, key, what was expected and what
 * came; all problems at once.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, file: string, code: string): T {
  const times = validated.get(schema) ?? 0;
  validated.set(schema, times + 1);
  const result = schema.safeParse(value, { jitless: times < compiledAfter });
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => sentence(issue, value, schema));
  throw new ContentError(code, file, lines.join("\n  "), {
    hint: "docs/settings.md lists every key with its meaning and default.",
    cause: result.error,
  });
}
