import { expect, test } from "vitest";
import type { Forecast } from "../core/model/forecast.ts";
import { backupTeam, member } from "../testing/backup-team.ts";

const dayAt = (index: number): string => new Date(Date.UTC(2025, 11, 8 + index)).toISOString().slice(0, 10);

/** Fourteen whole weeks up to 15 March 2026 with three to five tasks finished in each, and two of sprint 1 open. */
async function steadyTeam() {
  const team = backupTeam();
  const done = Array.from({ length: 14 * 5 }, (_, index) => index)
    .filter((index) => index % 5 < 3 + (Math.floor(index / 5) % 3))
    .map((index) => {
      const closed = `${dayAt(Math.floor(index / 5) * 7 + (index % 5))}T12:00:00Z`;
      return {
        number: 10 + index,
        created: "2025-12-08T08:00:00Z",
        closed,
        updated: closed,
        events: [{ event: "closed", created_at: closed }],
      };
    });
  await team.sync("2026-03-16T09:00:00Z", [
    member(1, { milestone: { number: 2, title: "Sprint 2" } }),
    member(2, { milestone: { number: 2, title: "Sprint 2" } }),
    ...done,
  ]);
  team.at("2026-03-16T09:00:00Z");
  return team;
}

test("how many by a day, and when so many are done, with the sample beside", async () => {
  const { call } = await steadyTeam();
  const asked = ["forecast", "--by", "2026-04-12", "--tasks", "16", "--json"];
  const forecast: Forecast = JSON.parse((await call(...asked)).out);
  expect(forecast.schema).toBe("sprintcast/forecast@1");
  expect(forecast.refused).toBeNull();
  expect(forecast.sample.map(({ finished }) => finished)).toEqual([4, 5, 3, 4, 5, 3, 4, 5, 3, 4, 5, 3, 4]);
  const { p50, p85, p95 } = forecast.howMany?.tasks ?? { p50: 0, p85: 0, p95: 0 };
  expect(p50).toBeGreaterThanOrEqual(p85);
  expect(p95).toBeGreaterThanOrEqual(12);
  expect(forecast.when?.by.p95).toMatch(/^2026-04-/);
  expect(JSON.parse((await call(...asked)).out)).toEqual(forecast);
  const text = (await call("forecast", "--by", "2026-04-12")).out;
  for (const words of ["Tasks finished by 2026-04-12, at least", "13 whole periods", "seed 1", "2026-03-09"])
    expect(text).toContain(words);
});

test("of a sprint: its last day and its open tasks", async () => {
  const { call } = await steadyTeam();
  const forecast: Forecast = JSON.parse((await call("forecast", "--sprint", "2", "--json")).out);
  expect(forecast.howMany?.by).toBe("2026-03-27");
  expect(forecast.when?.tasks).toBe(2);
  expect(forecast.sprint).toEqual({ number: 2, title: "Sprint 2" });
});

test("a history that is too short is refused with the reason, as an answer", async () => {
  const { call } = await steadyTeam();
  const { code, out } = await call("forecast", "--tasks", "5", "--weeks", "9");
  expect(code).toBe(0);
  expect(out).toContain(
    "No forecast (too few periods): It takes at least 10 whole periods of the past, and 9 are known.",
  );
  expect(out).not.toMatch(/expected between|earlier forecast/);
  const forecast: Forecast = JSON.parse(
    (await call("forecast", "--tasks", "5", "--period", "4", "--json")).out,
  );
  expect([forecast.refused?.reason, forecast.when]).toEqual(["too few periods", null]);
});

test.each([
  [[], "say what to forecast: a day, a number of tasks or a sprint"],
  [["--by", "soon"], "is not a day"],
  [["--by", "2026-02-30"], "is not a day"],
  [["--by", "2026-03-16"], "is not to come"],
  [["--tasks", "0"], "--tasks"],
  [["--tasks", "5", "--seed", "-1"], "--seed"],
  [["--tasks", "5", "--period", "x"], "--period"],
  [["--sprint", "1"], "sprint 1 is over"],
  [["--sprint", "2", "--tasks", "3"], "says day and number itself"],
  [["--sprint", "9"], "there is no sprint 9"],
])("forecast %j is wrong usage", async (args, words) => {
  const { call } = await steadyTeam();
  expect(await call("forecast", ...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
});

test("a team of several is asked for by name, and a sprint of another is refused", async () => {
  const { call } = await steadyTeam();
  expect(await call("forecast", "--tasks", "3", "--team", "Nobody")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Nobody"),
  });
  expect(await call("flow", "1", "--team", "Nobody")).toMatchObject({ code: 2 });
});
