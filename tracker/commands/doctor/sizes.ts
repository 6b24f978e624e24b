import type { Settings } from "../../content/settings-schema.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import { parseSize, readSizeLabel } from "../../core/report/estimate.ts";
import { counted, unitNames } from "../../render/format.ts";
import type { Check } from "./check.ts";

/** Which labels estimate, and which look as if they did. `issuesWith`: how many issues ever carried a label. */
export function checkSizes(
  labels: readonly string[],
  settings: Settings,
  issuesWith: (label: string) => number,
): Check[] {
  const { sizePrefix, actualPrefix, sizes, unit } = settings;
  const sized = labels.filter((label) => parseSize(label, sizePrefix, settings) !== null);
  const example = `${sizePrefix}${Object.keys(sizes)[0] ?? "1"}`;
  const unread = labels.flatMap((label): Check[] => {
    const read = readSizeLabel(label, sizePrefix, settings);
    if (read !== null && !("unread" in read)) return [];
    if (readSizeLabel(label, actualPrefix, settings) !== null) return [];
    const hint = read === null ? hintFor(label, example) : hintOf(read.unread, example, unit);
    if (hint === null) return [];
    const on = counted(issuesWith(label), "issue");
    return [
      {
        name: "sizes",
        verdict: "look",
        found: `"${label}" (${on}) looks like an estimate and is not read`,
        hint,
      },
    ];
  });
  if (sized.length > 0)
    return [
      { name: "sizes", verdict: "fine", found: `estimates are read from ${sized.join(", ")}` },
      ...unread,
    ];
  return [
    {
      name: "sizes",
      verdict: "look",
      found: `no label such as "${example}" was ever seen`,
      hint: `Without estimates, work is counted but has no ${unitNames[unit]}. Add such labels, or set sizePrefix and sizes.`,
    },
    ...unread,
  ];
}

/** How to make a word behind the right prefix mean something. */
function hintOf(word: string, example: string, unit: SizeUnit): string {
  if (word === "") return `Rename the label: ${example}.`;
  if (/\d,\d{3}$/.test(word)) return `1,000 may mean one or a thousand. Rename the label: ${example}.`;
  if (/[-/~<>+?]/.test(word)) return `It names no one size. Rename the label: ${example}.`;
  return `Say in settings.yml how many ${unitNames[unit]} it is: sizes: { ${keyOf(word)}: … }`;
}

const keyOf = (word: string): string =>
  /^[\p{L}\p{N}]+$/u.test(word) && !/^\d+$/.test(word) ? word : JSON.stringify(word);

const word = "(?:estimat(?:e|ion)|est|effort|size|weight|(?:story[ -]?)?points?|sp|t-?shirt(?:[ -]size)?)";
const value = "(?:\\d+(?:[.,]\\d+)?|(?:x{0,3}[sl]|m))";
const mark = "(?:pts?|points?|sp|h|hrs?|hours?|d|days?)";
/** Labels of estimates as other teams have them. */
const likeSize = new RegExp(
  `^(?:${word} ?[:=/_-] ?${value} ?${mark}?|(?:xx?s|xx?l|s|m|l)|\\d+(?:[.,]\\d+)? ?${mark})$`,
  "i",
);

const hintFor = (label: string, example: string): string | null =>
  likeSize.test(label.trim())
    ? `Labels such as ${example} are read. Rename it, or set sizePrefix and sizes in settings.yml.`
    : null;
