import { expect, test } from "vitest";
import { run } from "../program.ts";
import { backupTeam, member } from "../testing/backup-team.ts";
import { quietIo } from "../testing/quiet-io.ts";

async function team(settings = "") {
  const team = backupTeam({ settings });
  await team.sync("2026-03-12T12:00:00Z", [member(1), member(2)]);
  team.at("2026-03-12T12:00:00Z");
  return team;
}

test.each([["report", "1", "--chart", "effort"], ["debt"], ["flow", "--chart", "throughput"]])(
  "%s prints its chart as a PNG",
  async (...args) => {
    const { call } = await team();
    const { code, out, bytes } = await call(...args, "--format", "png");
    expect([code, out]).toEqual([0, ""]);
    expect(Buffer.concat(bytes).subarray(1, 4).toString()).toBe("PNG");
  },
);

test("a terminal is spared the bytes of a picture", async () => {
  const { folder } = await team();
  const io = { ...quietIo({ cwd: folder, now: Date.parse("2026-03-12T12:00:00Z") }), isTerminal: true };
  expect(await run(["report", "1", "--format", "png"], io, "0.0.0")).toBe(2);
  expect(io.printedBytes).toEqual([]);
  expect(io.printed.err).toContain("chart.png");
});

test("messages link to the sprint's page where the settings say where the site stands", async () => {
  const { call } = await team("url: https://team.example/reviews/\n");
  for (const format of ["slack", "teams"]) {
    const { out } = await call("report", "1", "--format", format);
    expect(() => JSON.parse(out)).not.toThrow();
    expect(out).toContain('"url": "https://team.example/reviews/sprints/1/"');
  }
  expect((await (await team()).call("report", "1", "--format", "slack")).out).not.toContain(
    "Open the report",
  );
});
