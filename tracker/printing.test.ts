import { expect, test } from "vitest";
import { printPieces } from "./printing.ts";
import { quietIo } from "./testing/quiet-io.ts";

const io = () => quietIo({ cwd: "/", now: 0 });

test("prints everything in its order", async () => {
  const pieces = Array.from({ length: 5000 }, (_, index) => `line ${index} of a long text\n`);
  const quiet = io();
  await printPieces(quiet, pieces);
  expect(quiet.printed.out).toBe(pieces.join(""));
  await printPieces(quiet, []);
  expect(quiet.printed.out).toBe(pieces.join(""));
});

test("draws nothing while the reader is not ready for more", async () => {
  let drawn = 0;
  function* pieces() {
    for (; drawn < 1000; drawn++) yield "x".repeat(1000);
  }
  const quiet = io();
  const turns: (() => void)[] = [];
  const printing = printPieces(
    { ...quiet, drained: () => new Promise((resolve) => turns.push(resolve)) },
    pieces(),
  );
  const seen: number[] = [];
  for (let open = true; open; ) {
    const turn = turns.shift();
    seen.push(drawn);
    turn?.();
    open = await Promise.race([
      printing.then(() => false),
      new Promise<boolean>((r) => setImmediate(r, true)),
    ]);
  }
  // Between two turns about 64 KB are drawn, never the megabyte.
  const steps = seen.map((count, index) => count - (seen[index - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThan(70);
  expect(quiet.printed.out).toHaveLength(1_000_000);
});

test("stops where it is interrupted in between", async () => {
  const stop = new AbortController();
  const quiet = { ...io(), signal: stop.signal, drained: async () => stop.abort(new Error("enough")) };
  const pieces = Array.from({ length: 100 }, () => "x".repeat(65_536));
  await expect(printPieces(quiet, pieces)).rejects.toThrow("enough");
  expect(quiet.printed.out).toHaveLength(65_536);
});
