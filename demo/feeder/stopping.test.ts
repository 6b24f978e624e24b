import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../testing/present.ts";
import { reading } from "../testing/start-eater.ts";
import { type FeederSettings, startFeeder } from "./feeder.ts";
import type { Source } from "./fleet-source.ts";
import { createNoJournal, type Journal, openJournal } from "./journal.ts";
import { replayJournal } from "./journal-state.ts";

let folder: string;
let state: string;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stopping-"));
  state = join(folder, "state.ndjson");
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

/** An eater that holds back its answers; each request is there with its body. */
async function slowEater() {
  const asked: { body: string; response: ServerResponse; id: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    asked.push({ body, response, id: request.headers["idempotency-key"] });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const settings: Omit<FeederSettings, "url"> = {
  ...{ token: "x", timeoutMs: 60_000, backoffFirstMs: 1, backoffMaxMs: 5 },
  ...{ maxBatch: 2, outboxLimit: 100, drainMs: 60_000 },
};

/** A source that yields these numbers of one device, two at a time, and then waits until it is to stop. */
const numbers = (...seqs: number[]) =>
  async function* (signal: AbortSignal): Source {
    for (let at = 0; at < seqs.length; at += 2) {
      const emissions = seqs.slice(at, at + 2).map((seq) => ({ reading: reading("a", seq), delayMs: 0 }));
      yield { emissions, cursor: at + 2 };
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };

async function start(
  url: string,
  journal: Journal,
  source: (signal: AbortSignal) => Source,
  drainMs = 60_000,
) {
  const warnings: object[] = [];
  const log = { info() {}, warn: (fields: object) => warnings.push(fields) };
  return { ...startFeeder(source, journal, { ...settings, url, drainMs }, Date.now, log), warnings };
}

describe("a feeder that is asked to stop while it sends", () => {
  it("waits for the answer under way, sends what is left after it, and then has nothing left", async () => {
    const { asked, url } = await slowEater();
    const feeder = await start(url, await openJournal(state), numbers(1, 2, 3, 4));
    await expect.poll(() => asked.length).toBe(1);
    feeder.stop();
    feeder.stop();
    asked[0]?.response.end('{"stored":2}');
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.response.end('{"stored":2}');
    expect(await feeder.done).toEqual({ acknowledged: 4, rejected: 0, left: 0 });
    expect(replayJournal(await readFile(state, "utf8"), "x").state().entries).toEqual([]);
  });

  it("leaves what was not answered in time to its next life, the same under the same name", async () => {
    const { asked, url } = await slowEater();
    const feeder = await start(url, await openJournal(state), numbers(1, 2, 3, 4), 50);
    await expect.poll(() => asked.length).toBe(1);
    feeder.stop();
    expect(await feeder.done).toEqual({ acknowledged: 0, rejected: 0, left: 4 });

    const next = await start(url, await openJournal(state), numbers());
    await expect.poll(() => asked.length).toBe(2);
    expect([asked[1]?.id, asked[1]?.body]).toEqual([asked[0]?.id, asked[0]?.body]);
    // It was taken before, though nobody heard of it.
    asked[1]?.response.end('{"stored":0,"duplicates":2}');
    await expect.poll(() => asked.length).toBe(3);
    asked[2]?.response.end('{"stored":2}');
    next.stop();
    expect(await next.done).toMatchObject({ acknowledged: 4, left: 0 });
  });

  it("says how many readings are lost where they have no state file", async () => {
    const { asked, url } = await slowEater();
    const feeder = await start(url, createNoJournal(0), numbers(1, 2, 3), 50);
    await expect.poll(() => asked.length).toBe(1);
    feeder.stop();
    expect(await feeder.done).toMatchObject({ acknowledged: 0, left: 3 });
  });
});

describe("an answer that is not this batch's", () => {
  it.each([
    ["of nothing", '{"stored":0}'],
    ["of another batch", '{"batch":"other:1","stored":2}'],
    ["of a portal", "<html>Welcome</html>"],
  ])("%s ends the feeder, and the readings stay where they were", async (_, answer) => {
    const { asked, url } = await slowEater();
    const feeder = await start(url, await openJournal(state), numbers(1, 2));
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.response.end(answer);
    await expect(feeder.done).rejects.toMatchObject({ code: "NOT_AN_EATER" });
    const { entries } = replayJournal(await readFile(state, "utf8"), "x").state();
    expect(entries.map(({ body }) => body)).toEqual([asked[0]?.body]);
  });

  it("comes at last from an eater that was away for long, and nothing is lost or sent otherwise meanwhile", async () => {
    const { asked, url } = await slowEater();
    const feeder = await start(url, await openJournal(state), numbers(1, 2));
    const answers = [503, 429, 204, 500, 404, 302];
    for (const [index, status] of answers.entries()) {
      await expect.poll(() => asked.length).toBe(index + 1);
      asked[index]?.response.writeHead(status, { "retry-after": "0" }).end();
    }
    await expect.poll(() => asked.length).toBe(answers.length + 1);
    present(asked.at(-1)).response.end('{"stored":2}');
    feeder.stop();
    expect(await feeder.done).toEqual({ acknowledged: 2, rejected: 0, left: 0 });
    expect(new Set(asked.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    expect(feeder.warnings).toHaveLength(answers.length);
  });
});
