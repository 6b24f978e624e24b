import { Help } from "commander";
import { table } from "table";
import { type Bill, billOf, USED } from "../cost/bill.ts";
import { costs } from "../cost/measured.ts";
import { type Prices, readPrices } from "../cost/prices.ts";
import { type Plan, type Sizes, sizesOf } from "../cost/sizes.ts";
import type { ExitCode } from "../errors.ts";
import {
  defaultOptions,
  flagOf,
  OptionError,
  type OptionKey,
  type OptionValues,
} from "../options/options.ts";
import type { ProcessIo } from "./process.ts";

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Tells what a load takes, and what that costs. @throws OptionError */
export async function cost(
  given: Partial<OptionValues> & { json?: boolean },
  { stdout }: ProcessIo,
): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const { readings, viewers, series } = values;
  const plan: Plan = {
    ...{ readings, viewers, series },
    keepMs: duration("keep", values.keep),
    keepRollupsMs: duration("keepRollups", values.keepRollups),
  };
  const sizes = sizesOf(plan, costs);
  const prices = values.prices === null ? null : await readPrices(values.prices);
  const bill = prices && billOf(sizes, prices);
  const assumptions = assumptionsOf(sizes, prices, bill);
  if (given.json) {
    const { of = null, date = null, currency = null } = prices ?? {};
    const asked = { schema: "sprintcast-demo/cost@1", plan, sizes, prices: prices && { of, date, currency } };
    stdout.write(`${JSON.stringify({ ...asked, bill, measured: costs.on, assumptions }, null, 2)}\n`);
  } else
    stdout.write(
      `${sizesTable(sizes)}${bill && prices ? billTable(bill, prices) : ""}\n${assumptions.map(wrapped).join("\n")}\n`,
    );
  return 0;
}

function duration(key: OptionKey, text: string): number {
  const [, digits, unit] = /^(\d{1,6}(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  if (digits !== undefined && (unit === "m" || unit === "h" || unit === "d"))
    return Number(digits) * UNITS[unit];
  throw new OptionError(`${flagOf(key)} takes a number and m, h or d, such as 48h, not "${text}"`);
}

/** For a terminal of the usual width. */
const wrapped = (sentences: string) => new Help().boxWrap(sentences, 80);

const number = (value: number, digits = 2) =>
  value.toLocaleString("en", { maximumFractionDigits: value >= 100 ? 0 : digits });
const gigabytes = (bytes: number) => `${number(bytes / 1e9)} GB`;

function sizesTable({ processors, memoryBytes, diskBytes, trafficBytes }: Sizes): string {
  return table([
    ["it takes", ""],
    ["processors, busy all the time", number(processors)],
    ["memory", gigabytes(memoryBytes)],
    ["disk", gigabytes(diskBytes)],
    ["sent to viewers in a month", gigabytes(trafficBytes)],
  ]);
}

function billTable({ lines, month }: Bill, { currency }: Prices): string {
  return table([
    ["a month costs", "", currency],
    ...lines.map(({ what, count, unit, month: each }) => [
      what,
      `${number(count)} ${unit}`.trim(),
      each.toFixed(2),
    ]),
    ["all of it", "", month.toFixed(2)],
  ]);
}

function assumptionsOf({ framesPerViewer }: Sizes, prices: Prices | null, bill: Bill | null): string[] {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return [
    `Measured on ${costs.on}, with eater and live view in one process on SQLite; counted on in proportion.`,
    `Every viewer stays all month and is sent ${number(framesPerViewer)} frames a second; nobody is conflated.`,
    ...(prices
      ? [
          `Prices: ${prices.of}, ${prices.date}. Machines are used to ${percent(USED.processors)} of their processors and ${percent(USED.memory)} of their memory, disks to ${percent(USED.disk)}.`,
        ]
      : ["No prices: name a file with --prices; the README has an example."]),
    ...(bill && bill.machines > 1
      ? ["More than one machine takes NATS between them, and PostgreSQL, whose own need is not in here."]
      : []),
  ];
}
