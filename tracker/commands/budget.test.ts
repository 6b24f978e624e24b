import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Report } from "../core/model/report.ts";
import { type BackupTeam, backupTeam, member } from "../testing/backup-team.ts";

const header = "BilledCost,BillingCurrency,ChargePeriodEnd,ChargePeriodStart,ProviderName,ServiceName";
const day = (date: number, cost: string, service = "Servers") =>
  `${cost},EUR,2026-03-${date + 1}T00:00:00Z,2026-03-${date}T00:00:00Z,Cloud,${service}`;
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => day(from + index, "12.00"));
const csv = (...lines: string[]) => `${[header, ...lines].join("\n")}\n`;

const settings = "budget:\n  currency: EUR\n  amount: 310\n";

async function teamWith(more = settings): Promise<BackupTeam> {
  const team = backupTeam({ settings: more });
  await team.sync("2026-04-09T09:00:00Z", [member(1)]);
  return team;
}

const reportOf = async (team: BackupTeam, ...args: string[]): Promise<Report> =>
  JSON.parse((await team.call("report", "1", "--json", ...args)).out);

describe("a budget", () => {
  it("stands in the report as text, JSON and Markdown", async () => {
    const team = await teamWith();
    team.write("bills/2026-03.csv", csv(...days(10, 28)));
    expect((await reportOf(team)).budget).toMatchObject({ planned: "120.00", billed: "47.50" });
    const text = (await team.call("report", "1")).out;
    expect(text).toContain("Budget  EUR 120.00 planned, EUR 47.50 billed");
    expect(text).toMatch(/Servers +— +47\.50/);
    expect(text).toContain("Billed from 2026-03-10 01:00 until 2026-03-14 00:00: EUR 7.92 more than planned");
    const markdown = (await team.call("report", "1", "--format", "md")).out;
    expect(markdown).toContain("## Budget\n\nEUR 120.00 planned, EUR 47.50 billed.");
  });

  it("of a past instant holds no charge of later, and says what it rests on", async () => {
    const team = await teamWith();
    team.write("bills/2026-03.csv", csv(...days(10, 28)));
    const args = ["--at", "2026-03-12T01:00"];
    expect((await reportOf(team, ...args)).budget).toMatchObject({ planned: "120.00", billed: "24.00" });
    expect((await team.call("report", "1", ...args)).out).toContain(
      "Charges up to 2026-03-12 01:00 are counted, whenever their bill came.",
    );
    expect((await reportOf(team)).budget).not.toHaveProperty("at");
  });

  it("stands in CSV, by name and currency, and in messages for chats", async () => {
    const team = await teamWith(`${settings}  services: { DNS: 20 }\n`);
    const credit = "-3.50,USD,2026-03-12T00:00:00Z,2026-03-11T00:00:00Z,Cloud,Credit";
    team.write("bills/2026-03.csv", csv(...days(10, 28), credit));
    const rows = (await team.call("report", "1", "--format", "csv")).out.split("\n");
    const billed = (await reportOf(team)).budget?.billed;
    expect(rows).toContain("1,figure,budget.planned.EUR,,,,120,,");
    expect(rows).toContain(`1,figure,budget.billed.EUR,,,,${Number(billed)},,`);
    expect(rows).toContain("1,figure,budget.billed.USD,,,,-3.5,,");
    expect(rows).toContain("1,service,budget.planned.EUR,,DNS,,7.74,,");
    expect(rows).toContain("1,service,budget.planned.EUR,,Servers,,,,");
    for (const format of ["slack", "teams"]) {
      const { out } = await team.call("report", "1", "--format", format);
      expect(out).toContain(
        `EUR 120.00 planned, EUR ${billed} billed. Billed from 2026-03-10 01:00 until 2026-03-14 00:00: EUR 7.92 more than planned`,
      );
    }
  });

  it("says how far the bills reach, and where there is none yet", async () => {
    const team = await teamWith();
    expect((await team.call("report", "1")).out).toContain("bills/**/*.csv.gz: there is no such bill yet.");
    team.write("bills/2026-03.csv", csv(day(10, "1"), day(11, "1")));
    const { out } = await team.call("report", "1");
    expect(out).toContain("Billed from 2026-03-10 01:00 until 2026-03-12 01:00: EUR 18.00 less than planned");
  });

  it("reads bills that are packed, and counts a line once that stands in two files", async () => {
    const team = await teamWith();
    team.write("bills/a.csv", csv(...days(10, 12)));
    writeFileSync(join(team.folder, "content/bills/b.csv.gz"), gzipSync(csv(...days(10, 13))));
    const { budget } = await reportOf(team);
    expect(budget?.billed).toBe("47.50");
    expect(budget?.remarks).toEqual([
      {
        file: "bills/b.csv.gz",
        line: null,
        trouble: "countedOnce",
        values: { n: 3, file: "bills/a.csv" },
        text: "3 lines of it stand in bills/a.csv, too, and are counted once",
      },
    ]);
    const told = (await team.call("doctor")).out;
    expect(told).toContain("2 bills read");
    expect(told).toContain("3 lines of it stand in bills/a.csv, too");
  });

  it("names a line that cannot be read, in the report and by doctor", async () => {
    const team = await teamWith();
    team.write("bills/a.csv", csv(day(10, "12"), day(11, "twelve")));
    const told = 'bills/a.csv:3: "BilledCost" is no amount: "twelve"';
    expect((await team.call("report", "1")).out).toContain(told);
    expect((await team.call("doctor")).out).toContain(told);
  });

  it("reads no bill in another encoding", async () => {
    const team = await teamWith();
    team.write("bills/a.csv", "");
    writeFileSync(join(team.folder, "content/bills/a.csv"), Buffer.from("\ufeffDatum;Betrag", "utf16le"));
    expect((await reportOf(team)).budget?.remarks.map(({ text }) => text)).toEqual([
      "it is not read, since it is not UTF-8: save it as such",
    ]);
  });

  it("is no part of a frozen report: a later bill restates nothing, and is shown", async () => {
    const team = await teamWith();
    expect((await team.call("freeze", "1")).code).toBe(0);
    const frozen = team.read("reports/01.json");
    expect(frozen).not.toContain("budget");
    team.write("bills/2026-03.csv", csv(...days(10, 28)));
    const report = await reportOf(team);
    expect(report).toMatchObject({ budget: { billed: "47.50" }, restatements: [] });
    expect(report.frozen).not.toBeNull();
    expect((await team.call("freeze", "1")).code).toBe(0);
    expect(team.read("reports/01.json")).toBe(frozen);
    rmSync(join(team.folder, ".sprintcast"), { recursive: true });
    expect((await reportOf(team)).budget?.billed).toBe("47.50");
    // A file that says something of a budget is neither refused nor believed.
    const told = { ...JSON.parse(frozen), budget: { planned: "1" } };
    team.write("reports/01.json", JSON.stringify(told));
    expect((await reportOf(team)).budget?.planned).toBe("120.00");
  });

  it("gives the draft of a review a section, and its figure stands in a post", async () => {
    const team = await teamWith();
    expect((await team.call("draft", "1")).code).toBe(0);
    expect(team.read("posts/01-review.md")).toContain("## Budget\n\n::budget\n");
  });

  it("is a team's own where there are several", async () => {
    const teams = `teams:\n  - { name: Web, budget: { currency: CHF, amount: 31 } }\n  - { name: Api }\n${settings}`;
    const team = backupTeam({ settings: teams });
    team.write("sprints/01.md", team.read("sprints/01.md").replace("number: 1", "number: 1\nteam: Web"));
    team.write("sprints/02.md", team.read("sprints/02.md").replace("number: 2", "number: 2\nteam: Api"));
    await team.sync("2026-04-09T09:00:00Z", [member(1)]);
    expect((await reportOf(team)).budget).toMatchObject({ currency: "CHF", planned: "12.00" });
    const api = JSON.parse((await team.call("report", "2", "--json")).out) as Report;
    expect(api.budget).toMatchObject({ currency: "EUR", planned: "120.00" });
  });

  it("changes nothing for a team that has none, whatever lies in its folder", async () => {
    const plain = await teamWith("");
    const before = [await plain.call("report", "1"), await plain.call("draft", "1")].map(({ out }) => out);
    const draft = plain.read("posts/01-review.md");
    plain.write("bills/broken.csv", "\u0000");
    expect((await plain.call("report", "1")).out).toBe(before[0]);
    expect(before[0]).not.toMatch(/budget/i);
    expect(draft).not.toMatch(/budget/i);
    expect("budget" in (await reportOf(plain))).toBe(false);
    expect(existsSync(join(plain.folder, "content/reports"))).toBe(false);
  });
});

describe("settings of a budget", () => {
  it.each([
    ["budget: { currency: euro, amount: 1 }", /budget.currency: expected a code of ISO 4217/],
    ["budget: { currency: EUR }", /budget.amount: expected amount, services, or both/],
    ["budget: { currency: EUR, amount: 1 EUR }", /budget.amount: expected an amount such as 400/],
    ["budget: { currency: EUR, amount: -1 }", /budget.amount: expected an amount such as 400.*got -1/],
    [
      "budget: { currency: EUR, amount: 1, bills: ../bill.csv }",
      /budget.bills: expected a path below content/,
    ],
    ["budget: { currency: EUR, amount: 1, perr: month }", /budget.perr is not known/],
    [
      "budget: { currency: EUR, amount: 1, changes: [{ from: 2026-04-01, amount: 2 }, { from: 2026-03-01, amount: 3 }] }",
      /changes.1.from: expected a day after/,
    ],
  ])("%s", async (text, words) => {
    const { code, err } = await backupTeam({ settings: `${text}\n` }).call("report", "1");
    expect([code, err]).toEqual([3, expect.stringMatching(words)]);
  });

  it("take the sum of services for the whole, and a later plan from its day on", async () => {
    const text =
      "budget: { currency: EUR, per: sprint, services: { Servers: 60.10, DNS: '0.20' }, changes: [{ from: 2026-03-08, amount: 120.60 }] }";
    expect((await reportOf(await teamWith(`${text}\n`))).budget?.planned).toBe("90.45");
  });
});
