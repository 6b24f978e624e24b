import { expect, test } from "vitest";
import type { DoubleOptions } from "../../testing/github/server.ts";
import { asked, held, teamForTest } from "../../testing/team-of-three.ts";
import { threeNames } from "../../testing/three-repositories.ts";

test("one that the token may not read is named, and the rest goes on", async () => {
  const ours = teamForTest();
  await ours.gitHub(["acme/api", "acme/infra"]);
  const { code, out, err } = await ours.call("sync");
  expect(code).toBe(0);
  expect(err).toMatch(
    /note: GitHub knows no repository acme\/web; the others go on\. .*For a private repository set GITHUB_TOKEN/,
  );
  expect(out).toContain("acme/web: not read.\n");
  expect(held(ours).map(([name]) => name)).toEqual(["acme/api", "acme/infra"]);

  const report = await ours.call("report", "1", "--json");
  expect(report.err).toContain("note: there is no history of acme/web here, so no figure counts it\n");
  const told = JSON.parse(report.out);
  expect(told.repositories[1]).toEqual({ name: "acme/web", asOf: null });
  // Without acme/web: api#5 counts by itself, and nothing is added.
  expect(told.effort).toMatchObject({ committed: 3.6, added: 0, completed: 1 });
  expect((await ours.call("report", "1")).out).toMatch(/acme\/web.*no history/);
  const doctor = await ours.call("doctor");
  expect(doctor.out).toContain("it holds no history of acme/web");
  const json = JSON.parse((await ours.call("sync", "--json")).out);
  expect(
    json.repositories.map(({ repository, refused }: { repository: string; refused?: { code: string } }) => [
      repository,
      refused?.code,
    ]),
  ).toEqual([
    ["acme/api", undefined],
    ["acme/web", "github-no-repository"],
    ["acme/infra", undefined],
  ]);
});

test("one that may be read no more stays as it was last seen, named with its date; readable again, it is as the others", async () => {
  const ours = teamForTest();
  const first = await ours.gitHub();
  ours.at("2026-03-07T09:00:00Z");
  await ours.call("sync");
  await first.double.close();
  ours.at("2026-03-08T09:00:00Z");
  await ours.gitHub(["acme/api", "acme/infra"]);
  await ours.call("sync");
  const { err, out } = await ours.call("report", "1", "--json");
  expect(err).toMatch(/note: acme\/web is known up to 2026-03-07T09:00:00Z only: GitHub knows no repository/);
  const told = JSON.parse(out);
  expect(told.asOf).toBe("2026-03-08T09:00:00.000Z");
  expect(told.repositories.map(({ asOf }: { asOf: string }) => asOf.slice(0, 10))).toEqual([
    "2026-03-08",
    "2026-03-07",
    "2026-03-08",
  ]);
  expect(told.done.map(({ ref }: { ref: string }) => ref)).toContain("web#2");
  // What its last days brought is not known, so a report that counts it is not sealed.
  ours.at("2026-03-20T09:00:00Z");
  await ours.call("sync");
  const frozen = await ours.call("freeze", "1");
  expect(frozen.code).toBe(2);
  expect(frozen.err).toContain("history is known up to 2026-03-07T09:00:00Z only of acme/web");
  const all = await ours.call("freeze");
  expect(all).toMatchObject({ code: 0, out: expect.not.stringContaining("frozen in") });
  expect(all.err).toContain("note: not frozen: sprint 1 ended");

  await ours.gitHub();
  await ours.call("sync");
  expect(await ours.call("freeze", "1")).toMatchObject({ code: 0, err: "" });
});

test("where all are refused, the sync fails as for a single one", async () => {
  const ours = teamForTest();
  await ours.gitHub(["acme/other"]);
  const { code, err } = await ours.call("sync");
  expect(code).toBe(4);
  expect(err).toContain("GitHub knows no repository acme/api");
});

test.each<[string, DoubleOptions, string]>([
  ["the token", { token: "another" }, "GitHub does not accept the token"],
  ["the hourly limit", { faultAt: () => "rate-limit" }, "hourly limit is used up"],
])("%s is no matter of one repository: nothing goes on", async (_, options, words) => {
  const ours = teamForTest();
  ours.env.GITHUB_TOKEN = "mistyped";
  const { double } = await ours.gitHub(threeNames, options);
  const { code, err } = await ours.call("sync");
  expect(code).toBe(4);
  expect(err).toContain(words);
  expect(new Set(asked(double.log))).toEqual(new Set(["acme/api"]));
});
