import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, ndjson, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import type { IngestReport } from "./routes.ts";

let test: TestEater;
beforeAll(async () => {
  test = await startEater();
});
afterAll(() => test.close());

let seq = 0;
const honest = () => {
  seq += 1;
  return reading("honest", seq);
};

/** A reading's line with some of its fields written as these texts, which need be no JSON. */
function written(fields: Partial<Record<"source" | "seq" | "at" | "metric" | "value", string>>): string {
  const all = { source: '"odd"', seq: "1", at: `${NOW}`, metric: '"m"', value: "1", ...fields };
  return `{${Object.entries(all)
    .map(([name, text]) => `"${name}":${text}`)
    .join(",")}}`;
}

const odd =
  (field: Parameters<typeof written>[0] extends infer F ? keyof F : never, code: string) =>
  (text: string): [line: string, code: string] => [written({ [field]: text }), code];

const names = [
  ...['""', '" a"', '"a "', '"a b"', '"-a"', '".a"', '"ä"', '"a\\u0000"', '"a\\nb"', '"a\\u001b[31m"'],
  ...['"a\\u202eb"', '"a\\u2066b"', '"a\\u200b"', '"\\ud800"', '"a\\udc00b"', '"a<b>"', '"a,b"', '"a\\"b"'],
  ...['"__proto__"', '"constructor"', '"hasOwnProperty"', '"toString"', "null", "7", '["a"]', "{}", "true"],
  `"${"n".repeat(10_000)}"`,
];

const badLines: [line: string, code: string][] = [
  ...names.map(odd("source", "bad-shape")),
  ...names.map(odd("metric", "bad-shape")),
  ...["-1", "1.5", '"1790000000000"', "null", "true", "[]", "-1e15"].map(odd("at", "bad-shape")),
  ...["1e400", "-1e400"].map(odd("at", "not-finite")),
  ...[`${NOW + 300_001}`, "8640000000000000", "9007199254740991"].map(odd("at", "future")),
  ...['"21.5"', '""', '"NaN"', "null", "false", "[1]", "{}"].map(odd("value", "bad-shape")),
  ...["1e400", "-1e400", "1e309"].map(odd("value", "not-finite")),
  ...["1.1e100", "-1.1e100", "1.7976931348623157e308"].map(odd("value", "value-range")),
  ...["NaN", "Infinity", "-Infinity", "+1", ".5", "1.", "01", "0x10", "1_000", "1,5", "undefined", ""].map(
    odd("value", "bad-json"),
  ),
  ...["-1", "0.5", "9007199254740992", "1e20"].map(odd("seq", "seq-range")),
  ...["1e400"].map(odd("seq", "not-finite")),
  ...['"1"', "null", "[1]"].map(odd("seq", "bad-shape")),
  ...(
    ["{", "}", "{}}", "'x'", `${written({})},`, `${written({})}${written({})}`, `// ${written({})}`] as const
  ).map((line): [string, string] => [line, "bad-json"]),
  ...["null", "7", '"x"', "[]", `[${written({})}]`, "{}", "true"].map((line): [string, string] => [
    line,
    "bad-shape",
  ]),
  ["[".repeat(20_000), "bad-json"],
  [`{"__proto__":${written({})}}`, "bad-shape"],
  [`{"__proto__":{"value":1},"source":"odd","seq":1,"at":${NOW},"metric":"m"}`, "bad-shape"],
];

const codesOf = ({ rejected }: IngestReport) => rejected.map(({ line, code }) => [line, code]);

describe("a line that is no reading", () => {
  it.each([
    ["read in the loop", (body: string) => test.post(body)],
    ["read in the thread", (body: string) => test.post(gzipSync(body), { "content-encoding": "gzip" })],
  ])("is told with its number and reason, and costs no other line of its batch: %s", async (_, post) => {
    for (let start = 0; start < badLines.length; start += 40) {
      const some = badLines.slice(start, start + 40);
      const lines = some.flatMap(([line]) => [line, JSON.stringify(honest())]);
      const response = await post(lines.join("\n"));
      const report: IngestReport = response.json();
      expect([response.statusCode, report.stored]).toEqual([200, some.length]);
      expect(codesOf(report)).toEqual(some.map(([, code], index) => [2 * index + 1, code]));
    }
  });

  it("is told in few words, and without what it holds", async () => {
    const text = badLines.map(([line]) => line).join("\n");
    for (const part of [text.slice(0, text.length / 2), text.slice(text.length / 2)])
      for (const { message } of (await test.post(part)).json().rejected ?? []) {
        expect(message.length).toBeLessThan(140);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: such characters are looked for
        expect(message).not.toMatch(/[\u0000-\u001f\u200b-\u206f\ud800-\udfff]|nnnn/);
      }
  });

  it("makes the answer 422 where there is no other", async () => {
    const response = await test.post(
      badLines
        .slice(0, 50)
        .map(([line]) => line)
        .join("\n"),
    );
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ stored: 0, duplicates: 0, rejectedTotal: 50, offset: null });
  });
});

describe("a reading at the edge", () => {
  const edges: [name: string, line: string, changes: object][] = [
    ["of the first instant", written({ at: "0" }), { at: 0 }],
    ["at minus zero", written({ at: "-0", value: "-0" }), { at: 0, value: 0 }],
    [
      "in other spellings of its numbers",
      written({ at: "1.79e12", value: "2150E-2" }),
      { at: NOW, value: 21.5 },
    ],
    ["of the largest value", written({ value: "1e100" }), { value: 1e100 }],
    ["of the smallest value", written({ value: "-1e100" }), { value: -1e100 }],
    ["of less than a double holds", written({ value: "5e-400" }), { value: 0 }],
    ["of hardly anything", written({ value: "5e-324" }), { value: 5e-324 }],
    ["of the last allowed instant", written({ at: `${NOW + 300_000}` }), { at: NOW + 300_000 }],
    ["of the longest names", written({ metric: `"${"m".repeat(64)}"` }), { metric: "m".repeat(64) }],
    ["with escapes in its name", written({ metric: '"\\u006d\\u002f1"' }), { metric: "m/1" }],
    ["with a name twice, of which the last counts", `${written({}).slice(0, -1)},"value":9}`, { value: 9 }],
    ["with more than it needs", `{"x":${"[".repeat(5000)}${"]".repeat(5000)},${written({}).slice(1)}`, {}],
    ["with blanks around it", ` \t${written({})} \r`, {}],
  ];

  it.each(edges)("%s is stored as it is", async (name, line, changes) => {
    const source = `edge-${edges.findIndex(([one]) => one === name)}`;
    const before = (await test.post(ndjson([honest()]))).json().offset;
    const report = (await test.post(line.replaceAll('"odd"', `"${source}"`))).json();
    expect(report).toMatchObject({ stored: 1, rejectedTotal: 0, offset: before + 1 });
    const stored = (await test.eater.batchAfter(before, 1))?.readings;
    // By their JSON: that is what a viewer is sent, and has no minus zero.
    const expected = { source, seq: 1, at: NOW, metric: "m", value: 1, ...changes };
    expect(JSON.parse(JSON.stringify(stored))).toEqual([expected]);
  });

  it("of seq -0 is the one of seq 0", async () => {
    const lines = [written({ source: '"zero"', seq: "-0" }), written({ source: '"zero"', seq: "0" })];
    expect((await test.post(lines.join("\n"))).json()).toMatchObject({ stored: 1, duplicates: 1 });
  });

  it("leaves what every object has as it was", async () => {
    await test.post(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${written({}).slice(1)}`,
    );
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
