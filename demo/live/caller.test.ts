import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createCallerOf } from "./caller.ts";
import { createPlaces } from "./places.ts";

const asked = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers: { host: "inner:8787", ...headers } }) as unknown as IncomingMessage;
const forwarded = {
  "x-forwarded-for": "198.51.100.4, 203.0.113.9",
  "x-forwarded-host": "forged, team.example",
};

describe("who asks", () => {
  it("is told by a trusted proxy, by the nearest that is none", () => {
    const callerOf = createCallerOf(["10.0.0.0/8"]);
    expect(callerOf(asked("10.1.2.3", forwarded))).toEqual({
      ...{ address: "203.0.113.9", host: "team.example", isProxied: true },
    });
    expect(callerOf(asked("10.1.2.3"))).toMatchObject({ address: "10.1.2.3", host: "inner:8787" });
  });

  it("is nobody else by the word of a machine that is not trusted", () => {
    const own = { address: "203.0.113.1", host: "inner:8787", isProxied: false };
    expect(createCallerOf([])(asked("203.0.113.1", forwarded))).toEqual(own);
    expect(createCallerOf(["10.0.0.0/8"])(asked("203.0.113.1", forwarded))).toEqual(own);
  });

  it.each([[[]], [["10.0.0.0/8"]], [["10.0.0.0/8", "fd00::/8"]]])(
    "is somebody, though the system names no address, and no proxy: trusted are %j",
    (trusted) => {
      const unknown = { address: "", host: "inner:8787", isProxied: false };
      expect(createCallerOf(trusted)(asked(undefined, forwarded))).toEqual(unknown);
      const places = createPlaces();
      const leave = places.take(unknown.address);
      expect(places.of("")).toBe(1);
      leave();
      expect(places.of("")).toBe(0);
    },
  );

  it.each([
    ["203.0.113.9:5432", "203.0.113.9"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:db8::1:443", "2001:db8::1:443"],
    ["::ffff:203.0.113.9", "::ffff:203.0.113.9"],
    ["unknown", "unknown"],
  ])("is one and the same, whatever port a proxy writes behind the address: %s", (written, address) => {
    const headers = { "x-forwarded-for": `198.51.100.4, ${written}` };
    expect(createCallerOf(["10.0.0.0/8"])(asked("10.1.2.3", headers)).address).toBe(address);
  });

  it("is told through a chain of proxies, though each writes the port of the one before it", () => {
    const headers = { "x-forwarded-for": "198.51.100.4, 203.0.113.9:5432, 10.9.9.9:4711, [fd00::7]:80" };
    const callerOf = createCallerOf(["10.0.0.0/8", "fd00::/8"]);
    expect(callerOf(asked("::ffff:10.1.2.3", headers)).address).toBe("203.0.113.9");
  });

  it("cannot be told by what is no address", () => {
    expect(() => createCallerOf(["proxy.example"])).toThrow(TypeError);
  });
});

describe("places", () => {
  it("are counted by network, given back once, and not counted for this machine itself", () => {
    const places = createPlaces();
    const leave = places.take("2001:db8::1");
    places.take("2001:db8::ffff:2");
    expect(places.of("2001:db8::3")).toBe(2);
    leave();
    leave();
    expect(places.of("2001:db8::3")).toBe(1);
    for (const own of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      places.take(own);
      expect(places.of(own)).toBe(0);
    }
  });
});
