import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkReading } from "../reading.ts";
import { NOW, ndjson, reading } from "../testing/start-eater.ts";
import { parseBody } from "./parse-body.ts";
import { createParser, type Parser } from "./parser.ts";

const limits = { latest: NOW, maxRejected: 100 };
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => reading(`device-${index % 7}`, index + 1));
const plain = (text: string) => ({ bytes: Buffer.from(text), isGzip: false });
const packed = (text: string) => ({ bytes: gzipSync(text), isGzip: true });

const [first, second] = [1, 2].map((seq) => gzipSync(ndjson([reading("a", seq)]))) as [Buffer, Buffer];

let parser: Parser;
beforeEach(() => {
  parser = createParser({ maxBodyBytes: 1_000_000 });
});
afterEach(() => parser.close());

/** Whether the loop turned before `work` was done: a page's frames could have left meanwhile. */
async function leavesTheLoopFree(work: Promise<unknown>): Promise<boolean> {
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  await work;
  return turned;
}

describe("a body", () => {
  it.each([plain, packed])("is read in the thread as it is in the loop", async (form) => {
    const good = ndjson(many(900));
    const body = `${good}{}\n\n"x"\n\uFFFD\n${ndjson([reading("a b", 1), reading("z", 1, { at: NOW + 1 })])}${good}`;
    expect(await parser.parse(form(body), limits)).toEqual(parseBody(body, limits, checkReading, true));
    expect(await parser.parse(form(ndjson([reading("a", 1)])), limits)).toMatchObject({ lines: [1] });
  });

  it.each([
    ["small", ""],
    ["large", ndjson(many(900))],
  ])(
    "that is %s loses a line for bytes that are no UTF-8, and none for a field that somebody mangled before",
    async (_, before) => {
      const mangled = `${JSON.stringify({ ...reading("k", 1), room: "K\uFFFDche" })}\n`;
      const parse = (bytes: Buffer) => parser.parse({ bytes, isGzip: false }, limits);
      const count = before.split("\n").length;
      expect(await parse(Buffer.from(before + mangled))).toMatchObject({
        readings: expect.arrayContaining([reading("k", 1)]),
        rejected: [],
      });
      const broken = Buffer.concat([
        Buffer.from(before),
        Buffer.from(mangled.replace("\uFFFD", "\xfc"), "latin1"),
      ]);
      expect((await parse(broken)).rejected).toMatchObject([{ line: count, code: "bad-utf8" }]);
    },
  );

  it("of any size leaves the loop to others, unless handing it over would take longer", async () => {
    const large = ndjson(many(5000));
    expect(await leavesTheLoopFree(parser.parse(plain(large), limits))).toBe(true);
    expect(await leavesTheLoopFree(parser.parse(packed("{}\n".repeat(333_000)), limits))).toBe(true);
    expect(await leavesTheLoopFree(parser.parse(plain(ndjson(many(20))), limits))).toBe(false);
  });

  it("is answered in order, whatever comes between", async () => {
    const bodies = [
      packed(ndjson(many(3))),
      { bytes: Buffer.from("no"), isGzip: true },
      packed(ndjson(many(5))),
    ];
    const outcomes = await Promise.all(
      bodies.map((body) =>
        parser.parse(body, limits).then(
          ({ readings }) => readings.length,
          (error) => error.code,
        ),
      ),
    );
    expect(outcomes).toEqual([3, "BAD_GZIP", 5]);
  });

  it.each([
    ["two members, one behind the other", [first, second], [1, 2]],
    ["zeros behind it, as a tape is padded", [first, Buffer.alloc(512)], [1]],
    ["a member behind zeros, which zlib passes over", [first, Buffer.alloc(3), second], null],
    ["lines behind zeros", [first, Buffer.alloc(3), Buffer.from(ndjson([reading("a", 2)]))], null],
    ["lines behind it", [first, Buffer.from(ndjson([reading("a", 2)]))], null],
    ["half a member behind it", [first, second.subarray(0, 30)], null],
    ["its last byte cut off", [first.subarray(0, -1)], null],
    ["its check cut off", [first.subarray(0, -8)], null],
    ["another check", [first.subarray(0, -8), second.subarray(-8)], null],
    ["nothing in it", [], null],
  ])("that is gzip with %s is read whole, or not at all", async (_, parts, seqs) => {
    const parsed = parser.parse({ bytes: Buffer.concat(parts), isGzip: true }, limits);
    if (seqs === null) await expect(parsed).rejects.toMatchObject({ code: "BAD_GZIP", statusCode: 400 });
    else expect((await parsed).readings.map(({ seq }) => seq)).toEqual(seqs);
  });

  it("past what may wait is turned away, and what waits is read", async () => {
    const small = createParser({ maxBodyBytes: 2000 });
    const posts = Array.from({ length: 50 }, () => small.parse(plain(ndjson(many(200))), limits));
    const outcomes = await Promise.allSettled(posts);
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(50);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: "OVERLOADED" } });
    await small.close();
  });
});

describe("bad lines", () => {
  it("past the limit are not looked at, however many there are", () => {
    let looked = 0;
    const counting: typeof checkReading = (input, latest) => {
      looked += 1;
      return checkReading(input, latest);
    };
    const parsed = parseBody("{}\n".repeat(333_000), limits, counting);
    expect(parsed).toMatchObject({ isStopped: true, readings: [] });
    expect(parsed.rejected).toHaveLength(100);
    expect(looked).toBe(101);
  });

  it("up to the limit stop nothing", () => {
    const body = `${"{}\n".repeat(100)}${ndjson([reading("a", 1)])}`;
    expect(parseBody(body, limits)).toMatchObject({ isStopped: false, lines: [101] });
  });
});
