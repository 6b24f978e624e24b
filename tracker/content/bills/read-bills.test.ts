import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { budgetSchema } from "../budget-schema.ts";
import { readBills } from "./read-bills.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sprintcast-bills-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), content);
}

interface Line {
  day: number;
  cost: string;
  service?: string;
}

const header = "ChargePeriodStart,ChargePeriodEnd,BilledCost,ServiceName,BillingCurrency,ProviderName";
const two = (day: number): string => String(day).padStart(2, "0");
const focus = (lines: readonly Line[], provider = "AWS"): string =>
  [
    header,
    ...lines.map(
      ({ day, cost, service = "Compute" }) =>
        `2026-01-${two(day)}T00:00:00Z,2026-01-${two(day + 1)}T00:00:00Z,${cost},${service},EUR,${provider}`,
    ),
  ].join("\n");

const read = (bills?: string | string[]) =>
  readBills(dir, budgetSchema.parse({ currency: "EUR", amount: 400, ...(bills ? { bills } : {}) }));

/** Money in cents, so that sums are exact. */
const centsOf = (charges: readonly { cost: string }[]): number =>
  charges.reduce((sum, { cost }) => sum + Math.round(Number(cost) * 100), 0);

describe("a line that stands in two files of one sender", () => {
  it("is one charge, as often as the file with the most of it has it", async () => {
    const line = fc.record({ day: fc.integer({ min: 1, max: 3 }), cost: fc.constantFrom("1", "2.50") });
    const files = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(files, async (list) => {
        await rm(join(dir, "bills"), { recursive: true, force: true });
        await Promise.all(list.map((lines, index) => write(`bills/${index}.csv`, focus(lines))));
        const bills = await read();
        const most = new Map<string, number>();
        for (const lines of list)
          for (const [key, same] of Map.groupBy(lines, (one) => `${one.day} ${one.cost}`))
            most.set(key, Math.max(most.get(key) ?? 0, same.length));
        const expected = [...most].reduce(
          (sum, [key, count]) => sum + count * Math.round(Number(key.split(" ")[1]) * 100),
          0,
        );
        expect(bills.reduce((sum, { charges }) => sum + centsOf(charges), 0)).toBe(expected);
      }),
      { seed: 61, numRuns: 40 },
    );
  });

  it("is named with the file that has it already", async () => {
    const [first, second] = [
      { day: 1, cost: "3" },
      { day: 2, cost: "4" },
    ];
    await write("bills/a.csv", focus([first]));
    await write("bills/b.csv", focus([first, second]));
    await write("bills/c.csv", focus([first, second, { day: 3, cost: "5" }]));
    const bills = await read();
    expect(bills.map(({ file, charges }) => [file, centsOf(charges)])).toEqual([
      ["bills/a.csv", 300],
      ["bills/b.csv", 400],
      ["bills/c.csv", 500],
    ]);
    expect(bills.map(({ remarks }) => remarks.map(({ text }) => text))).toEqual([
      [],
      ["1 line of it stands in bills/a.csv, too, and is counted once"],
      [
        "1 line of it stands in bills/a.csv, too, and is counted once",
        "1 line of it stands in bills/b.csv, too, and is counted once",
      ],
    ]);
  });

  it("is two charges where its sender differs, whatever sender the rest of its file is of", async () => {
    const line = { day: 1, cost: "3" };
    const [aws, gcp] = [focus([line]), focus([line], "GCP")];
    const rowOf = (text: string) => text.split("\n").slice(1).join("\n");
    await write("bills/a.csv", `${aws}\n${rowOf(gcp)}`);
    await write("bills/b.csv", `${gcp}\n${rowOf(aws)}`);
    await write("bills/c.csv", focus([line], "Azure"));
    const bills = await read();
    expect(bills.map(({ source, charges }) => [source, centsOf(charges)])).toEqual([
      ["AWS", 600],
      ["GCP", 0],
      ["Azure", 300],
    ]);
  });

  it("is named with the file that has all of it, where one has it less often", async () => {
    const line = { day: 1, cost: "3" };
    for (const [file, count] of Object.entries({ a: 1, b: 2, c: 2 }))
      await write(`bills/${file}.csv`, focus(Array(count).fill(line)));
    const bills = await read();
    expect(bills.map(({ remarks }) => remarks.map(({ text }) => text))).toEqual([
      [],
      ["1 line of it stands in bills/a.csv, too, and is counted once"],
      ["2 lines of it stand in bills/b.csv, too, and are counted once"],
    ]);
  });
});

describe("the files of bills", () => {
  it("are found by the patterns of the settings, each once and in the order of their names", async () => {
    await write("bills/b.csv", focus([{ day: 1, cost: "1" }]));
    await write("bills/2026/a.csv.gz", gzipSync(focus([{ day: 2, cost: "2" }])));
    await write("bills/readme.txt", "no bill");
    await write("costs/c.csv", focus([{ day: 3, cost: "3" }]));
    const filesOf = async (bills?: string | string[]) => (await read(bills)).map(({ file }) => file);
    expect(await filesOf()).toEqual(["bills/2026/a.csv.gz", "bills/b.csv"]);
    expect(await filesOf("costs/*.csv")).toEqual(["costs/c.csv"]);
    expect(await filesOf(["**/b.csv", "bills/*.csv"])).toEqual(["bills/b.csv"]);
  });

  it("where there is none yet, the patterns are named", async () => {
    const names = "a/*.csv, b/*.csv";
    expect(await read(["a/*.csv", "b/*.csv"])).toMatchObject([
      {
        file: names,
        source: names,
        charges: [],
        until: null,
        remarks: [{ file: names, line: null, text: "there is no such bill yet" }],
      },
    ]);
  });

  it("that are not UTF-8 are named, and the others are read", async () => {
    await write("bills/a.csv", Buffer.from(focus([{ day: 1, cost: "1", service: "Büro" }]), "latin1"));
    await write("bills/b.csv", focus([{ day: 1, cost: "2" }]));
    const bills = await read();
    expect(bills.map(({ file, charges }) => [file, charges.length])).toEqual([
      ["bills/b.csv", 1],
      ["bills/a.csv", 0],
    ]);
    expect(bills[1]?.remarks[0]?.text).toContain("not UTF-8");
  });

  it("that cannot be read end the command with a content error", async () => {
    await mkdir(join(dir, "bills/folder.csv"), { recursive: true });
    await expect(read()).rejects.toMatchObject({ code: "content-unreadable" });
    await rm(join(dir, "bills"), { recursive: true });
    await write("bills/broken.csv.gz", gzipSync(focus([{ day: 1, cost: "1" }])).subarray(0, 30));
    await expect(read()).rejects.toMatchObject({ code: "content-unreadable" });
  });
});

it("charges of one time, service and currency are one, to the last digit", async () => {
  const costs = ["0.1", "0.2", "-0.0003", "1e-5"];
  await write(
    "bills/a.csv",
    focus([...costs.map((cost) => ({ day: 1, cost })), { day: 1, cost: "9", service: "Storage" }]),
  );
  const [bill] = await read();
  expect(bill?.charges.map(({ service, cost }) => [service, cost])).toEqual([
    ["Compute", "0.29971"],
    ["Storage", "9"],
  ]);
});
