import fc from "fast-check";
import { expect, it } from "vitest";
import { createPlaces } from "./places.ts";

// Addresses as a system or a proxy names them, by what counts as one.
const spellings = {
  "one of IPv4": ["203.0.113.1", "::ffff:203.0.113.1", "::FFFF:203.0.113.1", "::ffff:cb00:7101"],
  "its neighbour": ["203.0.113.2"],
  "a household": ["2001:db8:1:2::1", "2001:DB8:1:2:ffff::", "2001:0db8:0001:0002:3:4:5:6"],
  "the one next door": ["2001:db8:1:3::1"],
  "who names none": ["", "unknown", "127.evil"],
};
const households = Object.entries(spellings);
const anyCaller = fc.constantFrom(
  ...households.flatMap(([whose, all]) => all.map((address) => ({ whose, address }))),
);
const anyMove = fc.oneof(
  fc.record({ kind: fc.constant("take" as const), caller: anyCaller }),
  fc.record({ kind: fc.constant("leave" as const), which: fc.nat(40) }),
);

it("are as many as were taken and not given back, by whatever spelling and in whatever order", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
      const places = createPlaces();
      const visits: { whose: string; isOver: boolean; leave: () => void }[] = [];
      for (const move of moves) {
        if (move.kind === "take")
          visits.push({ whose: move.caller.whose, isOver: false, leave: places.take(move.caller.address) });
        else {
          // The same visit may end twice: a socket that fails also closes.
          const visit = visits[move.which % Math.max(1, visits.length)];
          visit?.leave();
          if (visit) visit.isOver = true;
        }
        for (const [whose, all] of households) {
          const here = visits.filter((visit) => visit.whose === whose && !visit.isOver).length;
          for (const address of all) expect(places.of(address), address).toBe(here);
        }
      }
    }),
  );
});

it("of one server are no places of another", () => {
  const one = createPlaces();
  one.take("203.0.113.1");
  expect(createPlaces().of("203.0.113.1")).toBe(0);
});

it("of this machine are never counted, and giving them back takes none from others", () => {
  const places = createPlaces();
  // In the same half of IPv6 as this machine itself, and yet another.
  places.take("::2");
  places.take("::1")();
  for (const own of ["127.0.0.1", "127.8.9.10", "::ffff:127.0.0.1", "::ffff:7f00:1"]) {
    places.take(own);
    expect(places.of(own)).toBe(0);
  }
  expect(places.of("::2")).toBe(1);
});
