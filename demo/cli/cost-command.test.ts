import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "./program.ts";

const EXAMPLE = fileURLToPath(new URL("../cost/prices.example.yml", import.meta.url));

async function runWith(...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await run(["cost", ...args], { stdin, stdout, stderr, stopAsked: new Promise(() => {}) });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

describe("sprintcast-demo cost", () => {
  it("shows sizes, and with prices a bill, with what both rest on", async () => {
    const sizes = await runWith("--readings", "1000", "--viewers", "500");
    expect([sizes.code, sizes.err]).toEqual([0, ""]);
    expect(sizes.out).toMatch(/memory .* GB/);
    expect(sizes.out).toContain("No prices");
    const billed = await runWith("--readings", "1000", "--viewers", "500", "--prices", EXAMPLE);
    expect(billed.out).toMatch(/all of it .*\d+\.\d\d/);
    expect(billed.out).toContain("Prices: an example, nobody's prices, 2026-11-28.");
    expect(billed.out).toContain("Measured on 20");
    for (const line of `${sizes.out}${billed.out}`.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("says the same as JSON", async () => {
    const { out } = await runWith("--keep", "1.5h", "--keep-rollups", "30m", "--prices", EXAMPLE, "--json");
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      schema: "sprintcast-demo/cost@1",
      plan: { readings: 40, viewers: 20, series: 200, keepMs: 5_400_000, keepRollupsMs: 1_800_000 },
      prices: { currency: "EUR" },
    });
    const sum = answer.bill.lines.reduce((total: number, { month }: { month: number }) => total + month, 0);
    expect(answer.bill.month).toBeCloseTo(sum, 10);
    expect(JSON.parse((await runWith("--json")).out)).toMatchObject({ prices: null, bill: null });
  });

  it.each([
    [["--keep", "two days"], "such as 48h"],
    [["--keep-rollups", "90"], "--keep-rollups"],
    [["--readings", "0"], "--readings"],
    [["--viewers", "-1"], "--viewers"],
    [["--prices", "/nowhere.yml"], "cannot be read"],
  ])("refuses %j", async (args, why) => {
    const { code, err } = await runWith(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });
});
