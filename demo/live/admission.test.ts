import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SUBPROTOCOL } from "../protocol.ts";
import { refuseCrowd, refuseOrigin, refuseProtocols, refuseUpgrade } from "./admission.ts";

const host = fc.domain();
const port = fc.integer({ min: 1, max: 65_535 });
const scheme = fc.constantFrom("http", "https");

const refusedOrigin = (
  origin: string | undefined,
  host: string | undefined,
  origins: string[] = [],
  hosts: string[] = [],
) => refuseOrigin(origin, { host, isProxied: false }, { origins, hosts });

describe("an origin", () => {
  it("of the host itself is let in, whatever the case of the host header, if the name is known to be its own", () => {
    fc.assert(
      fc.property(host, port, scheme, fc.boolean(), (name, number, how, isUpper) => {
        const { origin, host: own } = new URL(`${how}://${name}:${number}`);
        const asked = isUpper ? own.toUpperCase() : own;
        expect(refusedOrigin(origin, asked, [], [name])).toBeNull();
        expect(refuseOrigin(origin, { host: asked, isProxied: true }, { origins: [], hosts: [] })).toBeNull();
        expect(refusedOrigin(origin, asked)).toMatchObject({
          status: 403,
          message: expect.stringMatching(/not known to be this server.*--hosts/),
        });
      }),
    );
  });

  it.each(["127.0.0.1:8787", "192.168.1.7", "[::1]:8787", "localhost:8787", "demo.localhost"])(
    "of %s is let in: no name that others own can be it",
    (own) => {
      expect(refusedOrigin(`http://${own}`, own)).toBeNull();
    },
  );

  it("of another host, or of another port, is refused unless the list names it whole", () => {
    fc.assert(
      fc.property(host, host, port, port, scheme, (name, other, a, b, how) => {
        const [own, foreign] = [new URL(`${how}://${name}:${a}`), new URL(`${how}://${other}:${b}`)];
        fc.pre(own.host !== foreign.host);
        const refused = (origins: string[]) =>
          refusedOrigin(foreign.origin, own.host, origins, [name, other]);
        expect(refused([])).toMatchObject({
          status: 403,
          message: expect.stringMatching(/--origins.*X-Forwarded-Host.*--trusted-proxies/),
        });
        expect(refused([`${foreign.origin}.evil.example`])?.status).toBe(403);
        expect(refused([foreign.origin])).toBeNull();
        expect(refused(["*"])).toBeNull();
      }),
    );
  });

  it.each([
    ["is missing, as in all that is no browser", undefined, "a.example", null],
    ["is null, as of a page in a sandbox", "null", "a.example", 403],
    ["is no address", "a.example", "a.example", 403],
    ["comes without a host", "https://a.example", undefined, 403],
    ["has the host as its user name", "https://a.example@evil.example", "a.example", 403],
    ["has the host as its beginning", "https://a.example.evil.example", "a.example", 403],
  ])("that %s", (_, origin, own, status) => {
    expect(refusedOrigin(origin, own, [], ["a.example"])?.status ?? null).toBe(status);
  });
});

describe("the subprotocol", () => {
  it.each([SUBPROTOCOL, `other, ${SUBPROTOCOL}`, `${SUBPROTOCOL},other`])("is found in %j", (header) => {
    expect(refuseProtocols(header)).toBeNull();
  });

  it.each([undefined, "", "sprintcast.live.v2", `${SUBPROTOCOL}x`, SUBPROTOCOL.toUpperCase()])(
    "is missing in %j, and the answer names it",
    (header) => {
      const refusal = refuseProtocols(header);
      expect(refusal).toMatchObject({ status: 400, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } });
    },
  );
});

describe("a crowd", () => {
  it("is let in up to the limit, and told when to come back past it", () => {
    const settings = { maxViewers: 3, maxViewersPerAddress: 2 };
    const statusOf = (viewers: number, ofAddress: number) =>
      refuseCrowd({ viewers, ofAddress }, settings)?.status ?? null;
    expect([statusOf(0, 0), statusOf(2, 1), statusOf(2, 2), statusOf(3, 0)]).toEqual([null, null, 429, 503]);
    expect(refuseCrowd({ viewers: 3, ofAddress: 0 }, settings)?.headers).toEqual({ "Retry-After": "10" });
  });
});

describe("an upgrade", () => {
  const settings = { origins: [], hosts: [], maxViewers: 1, maxViewersPerAddress: 1 };
  const good = { "sec-websocket-protocol": SUBPROTOCOL };
  const evil = { origin: "https://evil.example" };
  const caller = { address: "203.0.113.7", host: "a.example", isProxied: false };

  it("is told the first reason against it: the host, the origin, the subprotocol, the crowd", () => {
    const refused = (
      headers: Record<string, string>,
      viewers: number,
      rawHeaders = ["Host", "a.example"],
    ) => {
      const request = { headers, rawHeaders, httpVersion: "1.1" };
      return refuseUpgrade(request, caller, { viewers, ofAddress: 0 }, settings)?.status ?? null;
    };
    expect(refused(evil, 1, [])).toBe(400);
    expect(refused(evil, 1)).toBe(403);
    expect(refused({}, 1)).toBe(400);
    expect(refused(good, 1)).toBe(503);
    expect(refused(good, 0)).toBeNull();
  });
});
