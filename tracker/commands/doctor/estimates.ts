import type { Settings } from "../../content/settings-schema.ts";
import { fieldKey } from "../../core/history/fold-fields.ts";
import { fieldSizeReader } from "../../core/report/estimate.ts";
import { counted } from "../../render/format.ts";
import type { History } from "../../store/store.ts";
import { type Check, didYouMean, newestOf } from "./check.ts";

/** Whether the field that estimates are read from has any values, and which of them cannot be read. */
export function checkEstimateField(store: History, settings: Settings): Check[] {
  const { estimate } = settings;
  if (estimate === undefined) return [];
  const { from, name } = estimate;
  const read = fieldSizeReader(estimate, settings);
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
  const what = from === "issue-field" ? "issue field" : "project field";
  if (sized + unread.size === 0)
    return [
      {
        name: "sizes",
        verdict: "mend",
        found: `no issue was ever seen with a value in the ${what} "${name}"`,
        hint: `${didYouMean(name.toLowerCase(), [...names])}${newestOf([...names])}`,
      },
    ];
  return [
    { name: "sizes", verdict: "fine", found: `estimates are read from the ${what} "${name}"` },
    ...[...unread].map(
      (value): Check => ({
        name: "sizes",
        verdict: "look",
        found: `the ${what} "${name}" has the value "${value}", which is no size`,
        hint: `Sizes are ${[...Object.keys(settings.sizes), settings.unit === "points" ? "numbers" : "numbers, and amounts such as 2d or 4h"].join(", ")}. Add it to sizes in settings.yml.`,
      }),
    ),
    ...(sized === 0
      ? [
          {
            name: "sizes",
            verdict: "mend" as const,
            found: `none of its ${counted(unread.size, "value")} is a size`,
          },
        ]
      : []),
  ];
}
