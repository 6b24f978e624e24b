import { describe, expect, it } from "vitest";
import { recordingOf } from "../../testing/fleet-batch.ts";
import { parseRecording, RecordingError } from "./parse-recording.ts";

const hello = '[0,{"t":"hello","epoch":"e","offset":0,"now":5000}]';
const ping = (dt: unknown) => `[${JSON.stringify(dt)},{"t":"ping"}]`;
const textOf = (...lines: string[]) => `${lines.join("\n")}\n`;

function errorOf(text: string): Pick<RecordingError, "code" | "line" | "message"> | null {
  try {
    parseRecording(text);
    return null;
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
}

describe("a line that is no frame", () => {
  it.each([
    ["no JSON", "nonsense", /no JSON/],
    ["half of one", '[5,{"t":"ping"', /no JSON/],
    ["an object", '{"t":"ping"}', /a list of two/],
    ["null", "null", /a list of two/],
    ["a list of one", "[5]", /a list of two/],
    ["a list of three", '[5,{"t":"ping"},1]', /a list of two/],
    ["a time as text", ping("5"), /milliseconds/],
    ["no time", ping(null), /milliseconds/],
    ["a time before its beginning", ping(-1), /from 5 on/],
    ["a time before the line before", ping(4), /from 5 on, not 4/],
    ["a time past all numbers", '[1e400,{"t":"ping"}]', /milliseconds/],
    ["another message", '[5,{"t":"resume","epoch":"e","offset":1}]', /t: /],
    [
      "a delta that holds less than it says",
      '[5,{"t":"delta","from":1,"to":2,"cols":{"source":[],"seq":[],"at":[],"metric":[],"value":[]}}]',
      /holds to - from/,
    ],
    [
      "columns of two lengths",
      '[5,{"t":"delta","from":1,"to":1,"cols":{"source":["a"],"seq":[],"at":[1],"metric":["m"],"value":[1]}}]',
      /same length/,
    ],
  ])("is named by its number, blank ones counted: %s", (_, line, message) => {
    const error = errorOf(textOf(hello, "", ping(5), line, ping(9)));
    expect(error).toMatchObject({ code: "bad-line", line: 4 });
    expect(error?.message).toMatch(/^line 4: /);
    expect(error?.message).toMatch(message);
  });

  it.each([
    ["nothing", ""],
    ["blank lines", "\n \n"],
    ["another frame first", textOf(ping(0), hello)],
  ])("makes no recording where there is %s", (_, text) => {
    expect(errorOf(text)).toMatchObject({ code: "empty", line: 1 });
  });
});

describe("a recording", () => {
  it("cut off at any byte is a shorter one, or none, and never another", () => {
    const text = recordingOf(1);
    const whole = parseRecording(text).frames;
    const first = text.indexOf("\n");
    for (let end = 0; end < text.length; end += 7) {
      const cut = text.slice(0, end);
      if (end < first) {
        expect(errorOf(cut)).not.toBeNull();
        continue;
      }
      const { frames } = parseRecording(cut);
      const lines = cut.split("\n").length - 1;
      // A line that is whole but for its end counts.
      expect(frames.length - lines === 0 || text[end] === "\n").toBe(true);
      expect(frames).toEqual(whole.slice(0, frames.length));
    }
  });

  it("may end its lines as Windows does, and its last one not at all", () => {
    const { frames } = parseRecording(recordingOf(1));
    expect(parseRecording(recordingOf(1).replaceAll("\n", "\r\n")).frames).toEqual(frames);
    expect(parseRecording(recordingOf(1).trimEnd()).frames).toEqual(frames);
  });

  it("lasts until its last frame, of whatever kind, and several may come at once", () => {
    expect(parseRecording(textOf(hello, ping(7), ping(7), ping(1234.5)))).toMatchObject({
      durationMs: 1234.5,
      frames: { length: 4 },
    });
  });

  const plain = '[0,{"t":"hello","epoch":"e","offset":0}]';
  const snapshot = (state: object) => `[1,${JSON.stringify({ t: "snapshot", offset: 2, state })}]`;
  const delta = (at: number) =>
    `[2,${JSON.stringify({ t: "delta", from: 1, to: 1, cols: { source: ["a"], seq: [1], at: [at], metric: ["m"], value: [1] } })}]`;

  it.each([
    ["by the server's clock, where its hello tells it", [hello, snapshot({ a: { m: [9000, 1] } })], 5000],
    [
      "with the newest of its snapshot",
      [plain, snapshot({ a: { m: [70, 1], n: [90, 1] }, b: { m: [80, 1] } }), delta(99)],
      90,
    ],
    ["with its first reading, where the snapshot is empty", [plain, snapshot({}), delta(99)], 99],
    [
      "at an instant that a date can have, whatever clocks say",
      [
        '[0,{"t":"hello","epoch":"e","offset":0,"now":8640000000000001}]',
        snapshot({}),
        delta(-1e300),
        delta(7),
      ],
      7,
    ],
    ["never, where nothing was read", [plain, ping(3)], null],
  ])("begins %s", (_, lines, startedAt) => {
    expect(parseRecording(textOf(...lines)).startedAt).toBe(startedAt);
  });
});
