import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTrust, isLoopback, networkOf } from "./address.ts";

const hex = (group: number) => group.toString(16);
const dotted = (front: number, back: number) => [front >> 8, front & 255, back >> 8, back & 255].join(".");

/** Puts :: in the place of the longest run of zeros, as everybody writes it. */
function shortened(groups: readonly number[]): string {
  const text = groups.map(hex).join(":");
  const runs = [...text.matchAll(/(?<=^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const [run] = runs;
  if (!run) return text;
  return `${text.slice(0, run.index)}::${text.slice(run.index + run[0].length)}`.replace(/:{3,}/, "::");
}

/** One address of IPv6 as systems, proxies and people write it. */
function spellingsOf(groups: readonly number[]): string[] {
  const [g = 0, h = 0] = groups.slice(6);
  const whole = groups.map(hex).join(":");
  const short = shortened(groups);
  return [
    whole,
    short,
    whole.toUpperCase(),
    groups.map((group) => hex(group).padStart(4, "0")).join(":"),
    `${groups.slice(0, 6).map(hex).join(":")}:${dotted(g, h)}`,
    `${short}%eth0`,
    `[${short}]`,
    `[${short}]:443`,
    `[${short.toUpperCase()}%ETH0]:65535`,
    ` ${short}`,
  ];
}

const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const anyAddress = fc.array(group, { minLength: 8, maxLength: 8 });
const isMapped = (groups: readonly number[]) =>
  groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff;

describe("the network of an address", () => {
  it("of IPv6 is its first half, however it is written", () => {
    fc.assert(
      fc.property(
        anyAddress.filter((groups) => !isMapped(groups)),
        (groups) => {
          const half = groups.slice(0, 4).map(hex).join(":");
          for (const spelling of spellingsOf(groups)) expect(networkOf(spelling), spelling).toBe(half);
        },
      ),
    );
  });

  it("of IPv4 is the address, also where it is mapped into IPv6, in digits of either kind", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }), (front, back) => {
        const address = dotted(front, back);
        const mapped = spellingsOf([0, 0, 0, 0, 0, 0xffff, front, back]);
        for (const spelling of [address, `${address}:8080`, ` ${address} `, `::ffff:${address}`, ...mapped])
          expect(networkOf(spelling), spelling).toBe(address);
      }),
    );
  });

  it.each([
    ["::", "0:0:0:0"],
    ["::1", "0:0:0:0"],
    ["0.0.0.0", "0.0.0.0"],
    ["::ffff:0:0", "0.0.0.0"],
    ["::ffff:7f00:1", "127.0.0.1"],
    ["::FFFF:203.0.113.9", "203.0.113.9"],
    ["1::2:3:4:5:1.2.3.4", "1:0:2:3"],
    ["::ffff", "0:0:0:0"],
    ["::ffff:0:203.0.113.9", "0:0:0:0"],
    ["64:ff9b::203.0.113.9", "64:ff9b:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["2001:db8::1:443", "2001:db8:0:0"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    ...["", " ", "unknown", "_hidden", "localhost", "team.example", "127.evil", "1.2.3", "1.2.3.4.5"],
    ...["256.1.1.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "1.2.3.4:x", "1.2.3.4:80:80", "[1.2.3.4"],
    ...[
      ":::",
      "1::2::3",
      "12345::",
      "[::1",
      "::1]",
      "%eth0",
      "[]:80",
      "::ffff:1.2.3.256",
      "\u0000",
      "١.٢.٣.٤",
    ],
  ])("of %j, which is no address, is the one of all such", (address) => {
    expect(networkOf(address)).toBe("");
    expect(isLoopback(address)).toBe(false);
  });

  it("is a text whatever is asked for, and its own network", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6(), fc.webAuthority()), (text) => {
        const network = networkOf(text);
        expect(network).toMatch(/^(|\d+(\.\d+){3}|[\da-f]{1,4}(:[\da-f]{1,4}){3})$/);
        if (network.includes(":")) expect(networkOf(`${network}::`)).toBe(network);
        else expect(networkOf(network)).toBe(network);
      }),
    );
  });
});

describe("this machine itself", () => {
  it.each([
    ...["127.0.0.1", "127.255.0.9", "127.0.0.1:5000", "::1", "0:0:0:0:0:0:0:1", "[::1]:5000", "::1%lo"],
    ...["::ffff:127.0.0.1", "::FFFF:7F00:1", "0:0:0:0:0:ffff:7f00:0001"],
  ])("is %s", (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each(["128.0.0.1", "10.127.0.1", "::", "0.0.0.0", "::2", "::7f00:1", "::ffff:0:7f00:1", "fe80::1"])(
    "is not %s",
    (address) => {
      expect(isLoopback(address)).toBe(false);
    },
  );
});

describe("a trusted proxy", () => {
  const trusts = createTrust(["10.0.0.0/8", "fd00::/8", "fe80::1%eth0", "192.0.2.7"]);

  it.each([
    ...["10.1.2.3", "10.1.2.3:4711", "::ffff:10.1.2.3", "::ffff:a01:203", "[::ffff:10.1.2.3]:80"],
    ...["fd12::1", "FD12::1", "[fd12::1]:4711", "fe80::1%eth0", "[fe80::1%eth0]:1", "192.0.2.7"],
  ])("is known by its address, also behind a port: %s", (address) => {
    expect(trusts(address)).toBe(true);
  });

  it.each([
    ...["11.1.2.3", "11.1.2.3:10", "fe80::1%eth1", "fe80::1", "::10.1.2.3", "192.0.2.70", "192.0.2.8"],
    ...[
      "",
      "unknown",
      "10.1.2.3.4",
      "012.1.2.3",
      "0xa010203",
      "10.1.2.3:x",
      "10.1.2.3,11.1.2.3",
      "[10.1.2.3",
      "fd12::1]:80",
    ],
  ])("is no other: %s", (address) => {
    expect(trusts(address)).toBe(false);
  });

  it("is nobody where none is named", () => {
    for (const address of ["127.0.0.1", "::1", ""]) expect(createTrust([])(address)).toBe(false);
  });

  it.each(["proxy.example", "10.0.0.0/33", "10.0.0.0/0", "fd00::/129", "10.0.0.1:80", "", "*"])(
    "is not named by %j",
    (text) => {
      expect(() => createTrust([text])).toThrow(TypeError);
    },
  );
});
