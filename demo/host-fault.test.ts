import fc from "fast-check";
import { expect, it } from "vitest";
import { hostFault } from "./host-fault.ts";

const spelled = fc.constantFrom("host", "Host", "HOST", "hOsT");
const other = fc.tuple(
  fc.constantFrom("accept", "x-forwarded-host", "x-host", "hosts", "origin"),
  // A value may be the very name.
  fc.constantFrom("host", "Host", "", "a.example"),
);
const hosts = (least: number, most: number) =>
  fc.array(fc.tuple(spelled, fc.constantFrom("a.example", "b.example", "host", "")), {
    minLength: least,
    maxLength: most,
  });
const shuffled = (named: ReturnType<typeof hosts>) =>
  fc.tuple(named, fc.array(other)).chain(([some, others]) => {
    const all = [...some, ...others];
    return fc.shuffledSubarray(all, { minLength: all.length }).map((pairs) => pairs.flat());
  });

it("takes one Host, however it is spelled and whatever stands beside it", () => {
  fc.assert(
    fc.property(shuffled(hosts(1, 1)), fc.constantFrom("1.0", "1.1", "2.0"), (rawHeaders, httpVersion) => {
      expect(hostFault({ rawHeaders, httpVersion })).toBeNull();
    }),
  );
});

it("finds fault with several, though they be the same", () => {
  fc.assert(
    fc.property(shuffled(hosts(2, 4)), fc.constantFrom("1.0", "1.1", "2.0"), (rawHeaders, httpVersion) => {
      expect(hostFault({ rawHeaders, httpVersion })).toMatch(/one Host, not [234]$/);
    }),
  );
});

it("finds fault with none in HTTP/1.1 alone: 1.0 has none, and 2 another name for it", () => {
  const of = (httpVersion: string) => hostFault({ rawHeaders: ["X-Forwarded-Host", "host"], httpVersion });
  expect([of("1.0"), of("1.1"), of("2.0")]).toEqual([null, expect.stringMatching(/needs a Host/), null]);
});
