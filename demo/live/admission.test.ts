import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SUBPROTOCOL } from "../protocol.ts";
import { refuseCrowd, refuseOrigin, refuseProtocols, refuseUpgrade } from "./admission.ts";

const host = fc.domain();
const port = fc.integer({ min: 1, max: 65_535 });
const scheme = fc.constantFrom("http", "https");

describe("an origin", () => {
  it("of the host itself is let in, whatever the case of the host header", () => {
    fc.assert(
      fc.property(host, port, scheme, fc.boolean(), (name, number, how, isUpper) => {
        const { origin, host: own } = new URL(`${how}://${name}:${number}`);
        expect(refuseOrigin(origin, isUpper ? own.toUpperCase() : own, [])).toBeNull();
      }),
    );
  });

  it("of another host, or of another port, is refused unless the list names it whole", () => {
    fc.assert(
      fc.property(host, host, port, port, scheme, (name, other, a, b, how) => {
        const [own, foreign] = [new URL(`${how}://${name}:${a}`), new URL(`${how}://${other}:${b}`)];
        fc.pre(own.host !== foreign.host);
        expect(refuseOrigin(foreign.origin, own.host, [])).toMatchObject({ status: 403 });
        expect(refuseOrigin(foreign.origin, own.host, [`${foreign.origin}.evil.example`])?.status).toBe(403);
        expect(refuseOrigin(foreign.origin, own.host, [foreign.origin])).toBeNull();
        expect(refuseOrigin(foreign.origin, own.host, ["*"])).toBeNull();
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
    expect(refuseOrigin(origin, own, [])?.status ?? null).toBe(status);
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
    const settings = { origins: [], maxViewers: 3 };
    expect([0, 1, 2].map((viewers) => refuseCrowd(viewers, settings))).toEqual([null, null, null]);
    expect(refuseCrowd(3, settings)).toMatchObject({ status: 503, headers: { "Retry-After": "10" } });
  });
});

describe("an upgrade", () => {
  const settings = { origins: [], maxViewers: 1 };
  const good = { "sec-websocket-protocol": SUBPROTOCOL };
  const evil = { origin: "https://evil.example", host: "a.example" };

  it("is told the first reason against it: the origin, the subprotocol, the crowd", () => {
    const refused = (headers: Record<string, string>, viewers: number) =>
      refuseUpgrade({ headers }, viewers, settings)?.status ?? null;
    expect(refused(evil, 1)).toBe(403);
    expect(refused({}, 1)).toBe(400);
    expect(refused(good, 1)).toBe(503);
    expect(refused(good, 0)).toBeNull();
  });
});
