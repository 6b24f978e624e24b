import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runFeeder } from "../../app/run-feeder.ts";
import { defaultOptions, type OptionValues } from "../../options/options.ts";
import { present } from "../../testing/present.ts";
import { startEater, type TestEater } from "../../testing/start-eater.ts";
import { findProgram, type StartedServer, startMosquitto } from "../../testing/start-process.ts";

const CLI = fileURLToPath(new URL("../../cli/cli.ts", import.meta.url));
const mosquitto = findProgram("mosquitto");
const openssl = findProgram("openssl");
const passwords = findProgram("mosquitto_passwd", "mosquitto");

let folder: string;
let ends: (() => unknown)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mqtt-"));
  ends = [() => rm(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
});

async function broker(more: string[] = []): Promise<StartedServer> {
  const server = await startMosquitto(present(mosquitto), more);
  ends.push(server.close);
  return server;
}

async function publisher({ port }: StartedServer): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100 });
  ends.push(() => client.endAsync(true));
  return client;
}

async function eaterWithUrl(): Promise<TestEater & { url: string }> {
  const test = await startEater({ clock: Date.now });
  ends.push(test.close);
  return { ...test, url: await test.app.listen({ port: 0, host: "127.0.0.1" }) };
}

const MAP = "source=topic[1] metric=topic[2] value=payload.n";

async function feeder(
  { url, token }: { url: string; token: string },
  from: string,
  changes: Partial<OptionValues> = {},
  warnings: string[] = [],
) {
  const values = {
    ...defaultOptions(),
    ...{ from, state: join(folder, "feeder.ndjson"), mqttMap: MAP, backoffFirstMs: 1, backoffMaxMs: 50 },
    ...changes,
  };
  const log = { info() {}, warn: (_: object, message: string) => warnings.push(message) };
  const begun = await runFeeder({ values, url, token, stdin: process.stdin, clock: Date.now, log });
  ends.push(async () => {
    begun.stop();
    await begun.done.catch(() => {});
  });
  return begun;
}

/** The values that the eater has stored, in order of value. */
async function stored({ eater }: TestEater): Promise<number[]> {
  const batch = await eater.batchAfter(0, 100_000);
  return (batch?.readings ?? []).map(({ value }) => value).sort((a, b) => a - b);
}

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const publish = (client: MqttClient, n: number) =>
  client.publishAsync(`hall/d-${n % 7}/temperature`, JSON.stringify({ n }), { qos: 1 });

describe.runIf(mosquitto)("a feeder from a broker (needs mosquitto)", () => {
  it("hands on each message once, also what came while it was away", async () => {
    const [server, test] = [await broker(), await eaterWithUrl()];
    const client = await publisher(server);
    const from = `mqtt://127.0.0.1:${server.port}/hall/+/temperature`;
    const first = await feeder(test, from);
    // What is published before the subscription is there is for nobody.
    await expect
      .poll(async () => {
        await publish(client, 1);
        return (await stored(test)).length;
      })
      .toBeGreaterThan(0);
    await Promise.all([2, 3, 4].map((n) => publish(client, n)));
    await client.publishAsync("hall/d-1/humidity", '{"n": 999}', { qos: 1 });
    await expect.poll(async () => (await stored(test)).at(-1)).toBe(4);
    first.stop();
    await first.done;
    await Promise.all([5, 6, 7].map((n) => publish(client, n)));
    await feeder(test, from);
    await expect.poll(async () => (await stored(test)).filter((n) => n > 1)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it("takes what a topic last said once, however often it comes back", async () => {
    const [server, test] = [await broker(), await eaterWithUrl()];
    const client = await publisher(server);
    const last = (n: number) =>
      client.publishAsync("hall/d-1/temperature", `{"n": ${n}}`, { qos: 1, retain: true });
    await last(1);
    const from = `mqtt://127.0.0.1:${server.port}/hall/#`;
    for (const n of [2, 3, 4]) {
      const begun = await feeder(test, from);
      await expect.poll(async () => (await stored(test)).at(-1)).toBe(n - 1);
      begun.stop();
      await begun.done;
      // It waits for the feeder, and lies on the topic besides.
      await last(n);
    }
    await feeder(test, from);
    await expect.poll(async () => (await stored(test)).at(-1)).toBe(4);
    expect(await stored(test)).toEqual([1, 2, 3, 4]);
  });

  it("names what is no reading, and loses no other for it", async () => {
    const [server, test] = [await broker(), await eaterWithUrl()];
    const client = await publisher(server);
    const warnings: string[] = [];
    await feeder(test, `mqtt://127.0.0.1:${server.port}/hall/#`, {}, warnings);
    await expect
      .poll(async () => {
        await publish(client, 1);
        return (await stored(test)).length;
      })
      .toBeGreaterThan(0);
    for (const bad of ["{", '{"n": "many"}', "[]"]) {
      await client.publishAsync("hall/d-1/temperature", bad, { qos: 1 });
    }
    await publish(client, 2);
    await expect.poll(async () => (await stored(test)).at(-1)).toBe(2);
    expect(warnings).toHaveLength(3);
    expect(warnings.every((warning) => warning.includes("holds no reading"))).toBe(true);
  });

  it("loses and doubles nothing that the broker handed over, killed at any moment", async () => {
    const [server, test] = [await broker(["max_inflight_messages 50"]), await eaterWithUrl()];
    const client = await publisher(server);
    const begin = (): ChildProcess => {
      const from = `mqtt://127.0.0.1:${server.port}/hall/#`;
      const state = join(folder, "feeder.ndjson");
      return spawn(
        process.execPath,
        [CLI, "feeder", "--from", from, "--state", state, "--url", test.url, "--mqtt-map", MAP],
        { env: { ...process.env, SPRINTCAST_DEMO_TOKEN: test.token }, stdio: "ignore" },
      );
    };
    let child = begin();
    ends.push(() => child.kill("SIGKILL"));
    // The session exists from the first message on.
    await expect
      .poll(async () => {
        await publish(client, 0);
        return (await stored(test)).length;
      })
      .toBeGreaterThan(0);
    let sent = 0;
    const flood = async (count: number) => {
      const batch = Array.from({ length: count }, () => publish(client, ++sent));
      await Promise.all(batch);
    };
    for (let round = 0; round < 3; round += 1) {
      const before = (await stored(test)).length;
      const flooding = flood(250);
      await expect.poll(async () => (await stored(test)).length).toBeGreaterThan(before);
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await Promise.all([ended, flooding]);
      child = begin();
    }
    await flood(1);
    await expect.poll(async () => (await stored(test)).at(-1)).toBe(sent);
    await expect.poll(async () => (await stored(test)).filter((n) => n > 0)).toEqual(upTo(sent));
  });

  it("goes on when the broker is back", async () => {
    const [server, test] = [await broker(), await eaterWithUrl()];
    const client = await publisher(server);
    const warnings: string[] = [];
    await feeder(test, `mqtt://127.0.0.1:${server.port}/hall/#`, {}, warnings);
    await server.kill();
    await expect.poll(() => warnings).toEqual([expect.stringContaining("the broker is away")]);
    await server.start();
    await expect
      .poll(async () => {
        await publish(client, 3);
        return (await stored(test)).at(-1);
      })
      .toBe(3);
  });

  it.runIf(passwords)("ends with 4 where the broker refuses it", async () => {
    const [file, acl] = [join(folder, "passwords"), join(folder, "acl")];
    execFileSync(present(passwords), ["-b", "-c", file, "ann", "right"], { stdio: "ignore" });
    await writeFile(acl, "user ann\ntopic read hall/#\n", { mode: 0o600 });
    const server = await broker([`password_file ${file}`, `acl_file ${acl}`]);
    const test = await eaterWithUrl();
    const done = async (access: string) =>
      (await feeder(test, `mqtt://${access}127.0.0.1:${server.port}/hall/#`)).done.catch((error) => error);
    for (const access of ["ann:wrong-one@", ""]) {
      const error = await done(access);
      expect(error).toMatchObject({ code: "BROKER_REFUSED", exitCode: 4 });
      expect(error.message).not.toContain("wrong-one");
    }
    await feeder(test, `mqtt://ann:right@127.0.0.1:${server.port}/hall/#`);
  });

  it.runIf(openssl)("talks TLS, and to no broker whose certificate it does not trust", async () => {
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync(present(openssl), ["req", ...made, ...names], { stdio: "ignore" });
    const server = await broker([`certfile ${cert}`, `keyfile ${key}`]);
    const test = await eaterWithUrl();
    const from = `mqtts://localhost:${server.port}/hall/#`;
    const warnings: string[] = [];
    const distrusting = await feeder(test, from, {}, warnings);
    await expect.poll(() => warnings).toEqual([expect.stringContaining("the broker is away")]);
    distrusting.stop();
    await distrusting.done;
    await feeder(test, from, { mqttCa: cert });
    const ca = await readFile(cert);
    const client = await connectAsync(`mqtts://localhost:${server.port}`, { ca });
    ends.push(() => client.endAsync(true));
    await expect
      .poll(async () => {
        await publish(client, 5);
        return (await stored(test)).at(-1);
      })
      .toBe(5);
  });
});
