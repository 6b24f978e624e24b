import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openHistoryFile } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { LivelyTeam } from "../../testing/github/lively-team.ts";
import { post, type Sent } from "../../testing/github/webhooks.ts";
import { randomOf } from "../../testing/random.ts";
import { startReceiver } from "../../testing/receiver-rig.ts";
import { contentOf, ioFor, quick, serve, stateOf } from "../../testing/sync-rig.ts";
import { syncGitHub } from "../sync/github.ts";

const name = "octo/rocket";

/** Everything that a database says, at many instants. */
function told(store: Store, until: number): string {
  const start = Date.parse("2026-02-02T08:00:00Z");
  const instants = Array.from({ length: 12 }, (_, nth) => start + ((until - start) * (nth + 1)) / 12);
  return [contentOf(store), ...instants.map((at) => stateOf(store, at))].join("\n");
}

describe.each([1, 2, 3, 4, 5, 6])("a life nobody designed (seed %i)", (seed) => {
  test("ends in the same database with webhooks and without, in whatever order they come", async () => {
    const team = new LivelyTeam(name, seed);
    const random = randomOf(seed + 100);
    const double = await serve(team.served, { now: team.now });
    const { url, file } = await startReceiver([name], team.now);
    const store = present(file.find(name));
    const alone = openHistoryFile(":memory:").storeFor(name);
    const sync = async (into: Store) => void (await syncGitHub(into, name, ioFor(double), quick));
    let waiting: Sent[] = [];
    let kept = 0;
    for (let step = 0; step < 120; step += 1) {
      waiting.push(team.live());
      if (random() < 0.3) {
        // Late, shuffled, some twice; a few never come.
        for (const sent of waiting.toSorted(() => random() - 0.5)) {
          if (random() < 0.1) continue;
          const { status, outcome } = await post(url, sent);
          expect(status).toBeLessThan(300);
          if (outcome === "kept") kept += 1;
          if (random() < 0.2) expect((await post(url, sent)).outcome).not.toBe("kept");
        }
        waiting = [];
      }
      if (random() < 0.06) {
        await sync(store);
        await sync(alone);
      }
    }
    await sync(store);
    await sync(alone);
    expect(kept).toBeGreaterThan(50);
    expect(told(store, team.now())).toBe(told(alone, team.now()));
  });
});

test("what happened since the last sync is there before the next one, with its own time", async () => {
  const team = new LivelyTeam(name, 7);
  const double = await serve(team.served, { now: team.now });
  const { url, file } = await startReceiver([name], team.now);
  const store = present(file.find(name));
  for (let step = 0; step < 30; step += 1) team.live();
  await syncGitHub(store, name, ioFor(double), quick);
  const since = team.now();
  for (let step = 0; step < 60; step += 1) await post(url, team.live());
  const now = stateOf(store, team.now());
  const half = stateOf(store, (since + team.now()) / 2);
  await syncGitHub(store, name, ioFor(double), quick);
  expect(stateOf(store, team.now())).toBe(now);
  expect(stateOf(store, (since + team.now()) / 2)).toBe(half);
});
