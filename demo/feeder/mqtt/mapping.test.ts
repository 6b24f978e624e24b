import { describe, expect, it } from "vitest";
import { OptionError } from "../../options/options.ts";
import { MessageError, parseMapping } from "./mapping.ts";

const message = (topic: string, payload: unknown) => ({
  topic,
  payload: Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)),
  arrivedAt: 5000,
});

describe("a mapping", () => {
  it.each([
    [
      "source=topic[1] metric=topic[2] value=payload",
      message("hall/t-1/temperature", "21.5"),
      [{ at: 5000, source: "t-1", metric: "temperature", value: 21.5 }],
    ],
    [
      "source=topic metric='power' value=payload.now.watts[1] at=payload.time seq=payload.n",
      message("meter", { n: 7, time: "2026-01-05T09:00:00Z", now: { watts: [1, 2] } }),
      [{ at: "2026-01-05T09:00:00Z", source: "meter", metric: "power", value: 2, seq: 7 }],
    ],
    [
      "source=payload.device.id metric=key value=item each=payload.object only=temp,hum seconds=payload.ts",
      message("application/1/device/x/event/up", {
        ts: 1_790_000_000.25,
        device: { id: "x-7" },
        object: { temp: 20, hum: 40, state: "ON" },
      }),
      [
        { at: 1_790_000_000_250, source: "x-7", metric: "temp", value: 20 },
        { at: 1_790_000_000_250, source: "x-7", metric: "hum", value: 40 },
      ],
    ],
    [
      "source=topic[0] metric=item.name value=item.v each=payload",
      message("a", [
        { name: "m", v: 1 },
        { name: "n", v: 2 },
      ]),
      [
        { at: 5000, source: "a", metric: "m", value: 1 },
        { at: 5000, source: "a", metric: "n", value: 2 },
      ],
    ],
    [
      "",
      message("any", { source: "s", metric: "m", value: 1 }),
      [{ at: 5000, source: "s", metric: "m", value: 1 }],
    ],
    [
      "",
      message("any", [
        { source: "s", at: 1 },
        { source: "t", at: 2 },
      ]),
      [
        { source: "s", at: 1 },
        { source: "t", at: 2 },
      ],
    ],
  ])("%s makes records of a message", (text, given, expected) => {
    expect(parseMapping(text)(given)).toEqual(expected);
  });

  it.each([
    [1_790_000_000, 1_790_000_000_000],
    [1_790_000_000.123_456, 1_790_000_000_123],
    [1_790_000_000.9996, 1_790_000_001_000],
    ["1790000000", 1_790_000_000_000],
    [" 1790000000.25 ", 1_790_000_000_250],
    [0, 0],
    ["", ""],
    ["soon", "soon"],
    [null, null],
    [[1], [1]],
    [undefined, undefined],
  ])(
    "takes %j seconds for the whole milliseconds that a reading needs, and leaves what is no number",
    (ts, at) => {
      const map = parseMapping("source='s' metric='m' value=payload.v seconds=payload.ts");
      expect(map(message("t", { v: 1, ts }))).toEqual([{ at, source: "s", metric: "m", value: 1 }]);
    },
  );

  it("finds nothing where nothing is, and never what every object has", () => {
    const map = parseMapping("source=payload.constructor.name metric=topic[9] value=payload.a.b.c");
    expect(map(message("t", { a: 1 }))).toEqual([
      { at: 5000, source: undefined, metric: undefined, value: undefined },
    ]);
  });

  it.each([
    ["", "{not json"],
    ["", '"a text"'],
    ["", "[1]"],
    ["source=topic metric=key value=item each=payload.list", "{}"],
    ["source=topic metric=key value=item each=payload", "7"],
  ])("%s makes none of %s", (text, payload) => {
    expect(() => parseMapping(text)(message("t", payload))).toThrow(MessageError);
  });

  it("makes none of bytes that are no UTF-8", () => {
    const payload = Buffer.from([0x22, 0xff, 0x22]);
    expect(() => parseMapping("")({ topic: "t", payload, arrivedAt: 1 })).toThrow(MessageError);
  });

  it.each([
    ["source=topic", "metric= is missing"],
    ["source=topic metric='m' value=payload value=payload", "twice"],
    ["source=topic metric='m' value=payload colour=payload", "colour=payload"],
    ["source=topic metric='m' value=payload.*", "no place"],
    ["source=topic metric=key value=payload", "each= alone"],
    ["source=topic metric='m' value=payload only=a", "only="],
    ["source=topic metric='m' value=payload at=payload.a seconds=payload.b", "both say when"],
    ["source=topic, metric='m' value=payload", "no place"],
  ])("%s is refused: %s", (text, why) => {
    expect(() => parseMapping(text)).toThrow(OptionError);
    expect(() => parseMapping(text)).toThrow(why);
  });
});
