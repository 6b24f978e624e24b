import { describe, expect, test } from "vitest";
import { known, type Told } from "../../../testing/known-names.ts";
import { forever } from "../../model/interval.ts";
import { aliasesOf } from "./aliases.ts";
import type { Sighting } from "./evidence.ts";

const chain = (...of: Parameters<typeof known>) =>
  aliasesOf(...known(...of)).map(({ from, to, notBefore, notAfter }) => [from, to, notBefore, notAfter]);

describe("renames of a thing", () => {
  test("lie between the last use of the old name and the first of the new", () => {
    const told: Told[] = [
      ["Alpha", "1"],
      ["Beta", "1"],
    ];
    expect(chain(told, { Alpha: [10, 30], Beta: [50, 70] }, { Beta: "1" })).toEqual([
      ["Alpha", "Beta", 30, 50],
    ]);
  });

  test("have no end where the new name was never used, and no start where the old one never was", () => {
    const told: Told[] = [
      ["Alpha", "1"],
      ["Beta", "1"],
    ];
    expect(chain(told, { Alpha: [10] }, { Beta: "1" })).toEqual([["Alpha", "Beta", 10, null]]);
    expect(chain(told, { Beta: [10] }, { Beta: "1" })).toEqual([]);
  });

  test("follow one another, the name that is borne now last", () => {
    const told: Told[] = [
      ["A", "1"],
      ["B", "1"],
      ["C", "1"],
    ];
    expect(chain(told, { A: [10], B: [20, 25] }, { C: "1" })).toEqual([
      ["A", "B", 10, 20],
      ["B", "C", 25, null],
    ]);
  });

  test("count what GitHub showed, where it showed two names, and never a single look", () => {
    const told: Told[] = [
      ["A", "1"],
      ["B", "1"],
    ];
    const seen = (name: string, at: number): Sighting => ({ name, key: "1", at });
    expect(chain(told, { A: [10] }, { B: "1" }, [seen("A", 40), seen("B", 60)])).toEqual([
      ["A", "B", 40, 60],
    ]);
    expect(chain(told, { A: [10] }, { B: "1" }, [seen("B", 5)])).toEqual([["A", "B", 10, null]]);
  });

  test("count uses in the span in which the name was its own, and no other's", () => {
    const told: Told[] = [
      ["A", "2", -forever, 20],
      ["A", "1", 20],
      ["B", "1"],
    ];
    expect(chain(told, { A: [10, 30], B: [50] }, { B: "1" })).toEqual([["A", "B", 30, 50]]);
  });

  test("are none of what is gone, or what had one name all along", () => {
    expect(
      chain(
        [
          ["A", null],
          ["B", "1"],
        ],
        { A: [1], B: [2] },
        { B: "1" },
      ),
    ).toEqual([]);
  });

  test("are not dated where the names seem to take turns without end", () => {
    const turns = (first: number) => Array.from({ length: 10 }, (_, index) => first + index * 10);
    const told: Told[] = [
      ["A", "1"],
      ["B", "1"],
    ];
    expect(chain(told, { A: turns(0), B: turns(5) }, { B: "1" })).toEqual([["A", "B", null, null]]);
  });

  test("of two uses at one instant the name that is borne now comes last", () => {
    const told: Told[] = [
      ["A", "1"],
      ["B", "1"],
    ];
    expect(chain(told, { B: [10], A: [10] }, { B: "1" })).toEqual([["A", "B", 10, 10]]);
  });
});
