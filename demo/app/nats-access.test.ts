import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nkeys } from "@nats-io/transport-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { defaultOptions, type OptionValues } from "../options/options.ts";
import { present } from "../testing/present.ts";
import { findProgram, type StartedServer, startNats } from "../testing/start-process.ts";
import { createBus } from "./services.ts";

const natsServer = findProgram("nats-server");
const openssl = findProgram("openssl");

let folder: string;
let server: StartedServer | null = null;
const buses: Bus[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nats-"));
});
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close();
  await server?.close();
  server = null;
  await rm(folder, { recursive: true, force: true });
});

async function serverWith(configuration: string): Promise<string> {
  const file = join(folder, "nats.conf");
  await writeFile(file, configuration);
  server = await startNats(present(natsServer), ["-c", file]);
  return `127.0.0.1:${server.port}`;
}

/** The first word of the server, or of the failure to reach it. */
function answerTo(values: Partial<OptionValues>): Promise<unknown> {
  return new Promise((resolve) => {
    const bus = createBus({ ...defaultOptions(), serviceTimeoutMs: 1000, ...values }, (error) =>
      resolve((error as Error).message),
    );
    buses.push(bus);
    void bus.latest().then(resolve, () => {});
  });
}

describe.runIf(natsServer)("a NATS server that asks who comes", () => {
  it("lets in user and password of the address, and no other", async () => {
    const host = await serverWith('authorization { user: "eater", password: "p@ss:word" }');
    expect(await answerTo({ bus: `nats://eater:p%40ss%3Aword@${host}` })).toBeNull();
    expect(await answerTo({ bus: `nats://eater:wrong@${host}` })).toMatch(/authorization/i);
    expect(await answerTo({ bus: `nats://${host}` })).toMatch(/authorization/i);
  });

  it("lets in a token of the address, and no other", async () => {
    const host = await serverWith('authorization { token: "s3cr3t" }');
    expect(await answerTo({ bus: `nats://s3cr3t@${host}` })).toBeNull();
    expect(await answerTo({ bus: `nats://wrong@${host}` })).toMatch(/authorization/i);
  });

  it("lets in the credentials of a file", async () => {
    const { configuration, credentials } = signedBy(nkeys.createOperator());
    const host = await serverWith(configuration);
    const natsCreds = join(folder, "eater.creds");
    await writeFile(natsCreds, credentials);
    expect(await answerTo({ bus: `nats://${host}`, natsCreds })).toBeNull();
    expect(await answerTo({ bus: `nats://${host}` })).toMatch(/authorization/i);
  });
});

describe.runIf(natsServer && openssl)("a NATS server with a certificate (needs openssl)", () => {
  it("is believed by the authority that is named, and not without", async () => {
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const subject = ["-subj", "/CN=nats", "-addext", "subjectAltName=DNS:localhost"];
    const made = ["-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    execFileSync(present(openssl), ["req", ...made, ...subject], { stdio: "ignore" });
    const address = await serverWith(`tls { cert_file: "${cert}", key_file: "${key}" }`);
    const host = address.replace("127.0.0.1", "localhost");
    expect(await answerTo({ bus: `tls://${host}`, natsCa: cert })).toBeNull();
    expect(await answerTo({ bus: `nats://${host}`, natsCa: cert })).toBeNull();
    expect(await answerTo({ bus: `tls://${host}` })).toMatch(/self-signed/);
  });

  it("is asked for one where the address says tls", async () => {
    const host = (await serverWith("")).replace("127.0.0.1", "localhost");
    expect(await answerTo({ bus: `tls://${host}` })).toMatch(/does not support 'tls'/);
    expect(await answerTo({ bus: `nats://${host}` })).toBeNull();
  });
});

describe("access that cannot be had", () => {
  it.each([
    [{ natsCreds: "/nowhere.creds" }, /--nats-creds: \/nowhere.creds cannot be read/],
    [{ natsCreds: import.meta.filename }, /--nats-creds: .* holds no NATS user credentials/],
    [{ bus: "nats://u:p@h", natsCreds: "/x" }, /--bus and --nats-creds both/],
    [{ bus: "tls://127.0.0.1" }, /no IP address/],
    [{ bus: "tls://a,[::1]:4222" }, /no IP address/],
    [{ natsCa: "/nowhere.pem" }, /--nats-ca: \/nowhere.pem cannot be read/],
    [{ natsCert: import.meta.filename }, /--nats-cert and --nats-key belong together/],
  ])("%j is refused at the start", (values, why) => {
    expect(() => createBus({ ...defaultOptions(), bus: "nats://127.0.0.1:9", ...values }, () => {})).toThrow(
      why,
    );
  });
});

/** A server's configuration for one account with JetStream, and a user's file for it: what `nsc` would write. */
function signedBy(operator: nkeys.KeyPair) {
  const [account, user] = [nkeys.createAccount(), nkeys.createUser()];
  const claims = (key: nkeys.KeyPair, name: string, issuer: nkeys.KeyPair, nats: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = { jti: name, iat: 1_700_000_000, iss: issuer.getPublicKey(), name, sub: key.getPublicKey() };
    const text = `${part({ typ: "JWT", alg: "ed25519-nkey" })}.${part({ ...body, nats: { ...nats, version: 2 } })}`;
    return `${text}.${Buffer.from(issuer.sign(Buffer.from(text))).toString("base64url")}`;
  };
  const unlimited = { subs: -1, conn: -1, leaf: -1, imports: -1, exports: -1, data: -1, payload: -1 };
  const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1, wildcards: true };
  const system = nkeys.createAccount();
  const systemJwt = claims(system, "SYS", operator, { type: "account", limits: unlimited });
  const accountJwt = claims(account, "DEMO", operator, {
    type: "account",
    limits: { ...unlimited, ...storage },
  });
  const userJwt = claims(user, "eater", account, { type: "user", subs: -1, data: -1, payload: -1 });
  const operatorJwt = claims(operator, "OP", operator, { type: "operator" });
  return {
    configuration: `operator: ${operatorJwt}
system_account: ${system.getPublicKey()}
resolver: MEMORY
resolver_preload: { ${system.getPublicKey()}: ${systemJwt}, ${account.getPublicKey()}: ${accountJwt} }`,
    credentials: `-----BEGIN NATS USER JWT-----
${userJwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${new TextDecoder().decode(user.getSeed())}
------END USER NKEY SEED------
`,
  };
}
