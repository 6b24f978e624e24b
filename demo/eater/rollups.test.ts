import fc from "fast-check";
import fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NOW, ndjson, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import { openDatabase } from "./database.ts";
import { queryRoutes } from "./query-routes.ts";
import { openRollups, type Rollup, type RollupQuery } from "./rollups.ts";
import { WriterError } from "./writer.ts";

/** `series` series of four metrics, each with a rollup in `buckets` steps. */
function fill(series: number, buckets: number, step: "second" | "minute" = "second") {
  const ms = step === "second" ? 1000 : 60_000;
  const db = openDatabase(":memory:");
  const addSeries = db.prepare("INSERT INTO series (id, source, metric) VALUES (?, ?, ?)");
  const addRollup = db.prepare(`INSERT INTO rollups VALUES (${ms}, ?, ?, 2, ?, 0, 9)`);
  const all: Rollup[] = [];
  db.transaction(() => {
    for (let id = 1; id <= series; id += 1) addSeries.run(id, `s-${id >> 2}`, `m-${id & 3}`);
    for (let index = 0; index < buckets; index += 1) {
      for (let id = 1; id <= series; id += 1) {
        addRollup.run(id, index * id * ms, id * 2);
        const names = { source: `s-${id >> 2}`, metric: `m-${id & 3}` };
        all.push({ ...names, bucket: index * id * ms, n: 2, mean: id, min: 0, max: 9 });
      }
    }
  })();
  all.sort((a, b) => a.bucket - b.bucket || a.mean - b.mean);
  return { db, all, rollups: openRollups(db) };
}

describe("pages of rollups", () => {
  it.each(["second", "minute"] as const)(
    "of a %s hold, one after the other, all that was asked for, in order and once",
    (step) => {
      const { all, rollups } = fill(300, 4, step);
      const some = fc.record(
        {
          source: fc.constantFrom("s-0", "s-7", "s-74", "nowhere"),
          metric: fc.constantFrom("m-0", "m-3", "nothing"),
          from: fc.integer({ min: 0, max: 400_000 }),
          to: fc.integer({ min: 0, max: 60_000_000 }),
          limit: fc.integer({ min: 7, max: 500 }),
        },
        { requiredKeys: ["from", "to", "limit"] },
      );
      fc.assert(
        fc.property(some, (asked) => {
          const seen: Rollup[] = [];
          const query: RollupQuery = { step, ...asked };
          for (let next: string | null = ""; next !== null; ) {
            const page = rollups(next === "" ? query : { ...query, after: next });
            expect(page.rollups.length).toBeLessThanOrEqual(asked.limit);
            seen.push(...page.rollups);
            next = page.next;
          }
          const wanted = ({ source, metric, bucket }: Rollup) =>
            (asked.source ?? source) === source &&
            (asked.metric ?? metric) === metric &&
            bucket >= asked.from &&
            bucket < asked.to;
          expect(seen).toEqual(all.filter(wanted));
        }),
      );
    },
  );

  it("walk over a bounded number of rows, however few of them were asked for", () => {
    const { db, rollups } = fill(70, 900);
    // 66 series of a metric that nothing was rolled up for: too many to be looked up one by one.
    const add = db.prepare("INSERT INTO series (source, metric) VALUES (?, 'rare')");
    for (let index = 0; index < 66; index += 1) add.run(`rare-${index}`);
    const page = rollups({ step: "second", metric: "rare", from: 0, to: NOW, limit: 10 });
    expect(page).toMatchObject({ rollups: [], next: expect.stringMatching(/^\d+:\d+$/) });
    const rest = rollups({
      step: "second",
      metric: "rare",
      from: 0,
      to: NOW,
      limit: 10,
      after: page.next ?? "",
    });
    expect(rest).toEqual({ rollups: [], next: null });
  });
});

const WRONG_QUERIES = [
  "/rollups?step=hour",
  "/rollups?step=second&step=minute",
  "/rollups?after=1",
  "/rollups?from=",
  "/rollups?from=%20",
  "/rollups?to=0x10",
  "/rollups?to=9007199254740992",
  "/rollups?limit=0",
  "/rollups?sorce=a",
  "/rollups?source[]=a",
  "/rollups?source=%00",
  "/rollups?source=%ED%A0%80",
  `/rollups?metric=${"a".repeat(65)}`,
  "/anomalies?limit=1e9",
  "/anomalies?after=-1",
  "/anomalies?step=second",
];

describe("the routes", () => {
  let test: TestEater;
  beforeEach(async () => {
    test = await startEater();
  });
  afterEach(() => test.close());

  it("serve what was derived, filtered, and refuse a wrong query", async () => {
    const app = fastify();
    await queryRoutes(app, test.eater.questions, { maxRequests: 100, rateWindowMs: 60_000 });
    const at = NOW - (NOW % 60_000);
    await test.post(ndjson([1, 2, 3].map((seq) => reading("a", seq, { at: at + seq, value: seq }))));
    await test.post(ndjson([reading("b", 1, { at })]));
    await test.eater.derive();
    const answer = await app.inject("/rollups?step=second&source=a");
    const rollup = { source: "a", metric: "temperature", bucket: at, n: 3, mean: 2, min: 1, max: 3 };
    expect(answer.json()).toEqual({ step: "second", rollups: [rollup], next: null });
    const first = (await app.inject("/rollups?limit=1")).json();
    expect(first).toMatchObject({ rollups: [{ source: "a" }] });
    expect((await app.inject(`/rollups?limit=1&after=${first.next}`)).json()).toMatchObject({
      rollups: [{ source: "b" }],
    });
    for (const wrong of WRONG_QUERIES) {
      const refused = await app.inject(wrong);
      expect([wrong, refused.statusCode, refused.json().code]).toEqual([wrong, 400, "WRONG_QUERY"]);
    }
    expect((await app.inject("/anomalies")).json()).toEqual({ anomalies: [] });
    await app.close();
  });

  it("say that the database does not answer, and when to ask again", async () => {
    const app = fastify();
    const away = () => Promise.reject(new WriterError("connect ECONNREFUSED"));
    const questions = { ...test.eater.questions, rollups: away, anomalies: away };
    await queryRoutes(app, questions, { maxRequests: 100, rateWindowMs: 60_000 });
    for (const path of ["/rollups", "/anomalies"]) {
      const answer = await app.inject(path);
      expect(answer.json()).toMatchObject({ statusCode: 503, code: "WRITER_FAILED" });
      expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
    }
    await app.close();
  });

  it("turn away what is asked while too much is, and answer what was asked before", async () => {
    const app = fastify();
    await queryRoutes(app, test.eater.questions, { maxRequests: 1000, rateWindowMs: 60_000 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => app.inject("/rollups")));
    const codes = new Set(answers.map(({ statusCode }) => statusCode));
    expect(codes).toEqual(new Set([200, 503]));
    await app.close();
  });
});
