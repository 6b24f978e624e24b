import type { Io } from "./io.ts";

/** Characters written at once: few writes, and little in memory while a slow reader takes them. */
const most = 65_536;

/**
 * Prints a long text piece by piece, no faster than its reader takes it. Throws the signal's reason where it is aborted
 * in between.
 */
export async function printPieces(io: Io, pieces: Iterable<string>): Promise<void> {
  let waiting: string[] = [];
  let length = 0;
  const print = async () => {
    io.out(waiting.join(""));
    waiting = [];
    length = 0;
    await io.drained?.();
    io.signal.throwIfAborted();
  };
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length >= most) await print();
  }
  if (length > 0) await print();
}
