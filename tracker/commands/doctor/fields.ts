import { rulesOf, type Settings } from "../../content/settings-schema.ts";
import { type FieldSource, fieldKey } from "../../core/history/fold-fields.ts";
import { fieldSizeReader, type SizeReader } from "../../core/report/estimate.ts";
import { fieldEffortReader } from "../../core/report/field-effort.ts";
import { counted } from "../../render/format.ts";
import type { History } from "../../store/store.ts";
import { type Check, didYouMean, newestOf } from "./check.ts";

interface Field {
  from: FieldSource;
  name: string;
  /** What is read from it, in the plural, and as whose check. */
  what: "estimates" | "effort";
  read: SizeReader;
  /** What a value has to be. */
  expected: string;
}

/** Whether the fields that estimates and effort are read from have any values, and which of them cannot be read. */
export function checkFields(store: History, settings: Settings): Check[] {
  const rules = rulesOf(settings);
  const { estimate, actual, unit, sizes } = rules;
  const names = Object.keys(sizes);
  const amounts = "numbers, and amounts such as 2d or 4h";
  const fields: Field[] = [];
  if (estimate !== undefined) {
    const expected = [...names, unit === "points" ? "numbers" : amounts].join(", ");
    const hint = `Sizes are ${expected}. Add it to sizes in settings.yml.`;
    fields.push({ ...estimate, what: "estimates", read: fieldSizeReader(estimate, rules), expected: hint });
  }
  if (actual !== undefined) {
    const hint = `Effort is ${[...(unit === "points" ? [] : names), amounts].join(", ")}.`;
    fields.push({ ...actual, what: "effort", read: fieldEffortReader(actual, rules), expected: hint });
  }
  return fields.flatMap((field) => checkField(store, field));
}

function checkField(store: History, { from, name, what, read, expected }: Field): Check[] {
  const check = what === "estimates" ? "sizes" : "effort";
  const wanted = fieldKey(from, name);
  const names = new Set<string>();
  const unread = new Set<string>();
  let sized = 0;
  for (const { intervals } of store.eachTimeline({ pullRequests: true }))
    for (const interval of intervals) {
      if (interval.attribute !== "field" || !interval.key.startsWith(`${from}:`)) continue;
      names.add(interval.key.slice(from.length + 1));
      if (interval.key !== wanted) continue;
      if (read(interval) === null) unread.add(interval.value);
      else sized += 1;
    }
  const field = from === "issue-field" ? "issue field" : "project field";
  if (sized + unread.size === 0)
    return [
      {
        name: check,
        verdict: "mend",
        found: `no issue was ever seen with a value in the ${field} "${name}"`,
        hint: `${didYouMean(name.toLowerCase(), [...names])}${newestOf([...names])}`,
      },
    ];
  const kind = what === "estimates" ? "size" : "effort";
  return [
    {
      name: check,
      verdict: "fine",
      found: `${what} ${what === "effort" ? "is" : "are"} read from the ${field} "${name}"`,
    },
    ...[...unread].map(
      (value): Check => ({
        name: check,
        verdict: "look",
        found: `the ${field} "${name}" has the value "${value}", which is no ${kind}`,
        hint: expected,
      }),
    ),
    ...(sized === 0
      ? [
          {
            name: check,
            verdict: "mend" as const,
            found: `none of its ${counted(unread.size, "value")} is ${kind === "size" ? "a size" : "an effort"}`,
          },
        ]
      : []),
  ];
}
