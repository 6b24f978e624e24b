import { type Delta, sliceColumns } from "../protocol.ts";
import { type DeltaFrame, encodeDelta } from "./frame.ts";

/**
 * The newest frames, without a gap between them, as far back as `capacity` readings need.
 * Found by offset with a binary search; frames that fall out cost nothing but a moved index.
 */
export function createRing(capacity: number) {
  let frames: DeltaFrame[] = [];
  let first = 0;

  function push(frame: DeltaFrame): void {
    const last = frames.at(-1);
    if (last && last.to + 1 !== frame.from) clear();
    frames.push(frame);
    for (let oldest = frames[first]; isSpare(oldest, frame); oldest = frames[first]) first += 1;
    if (first > 1024 && first > frames.length / 2) {
      frames = frames.slice(first);
      first = 0;
    }
  }

  /** The frames behind it hold all that is to be kept. */
  function isSpare(oldest: DeltaFrame | undefined, newest: DeltaFrame): boolean {
    return oldest !== undefined && oldest !== newest && newest.to - oldest.to >= capacity;
  }

  function clear(): void {
    frames = [];
    first = 0;
  }

  /** True when every reading behind `offset` is kept. */
  function reaches(offset: number): boolean {
    const oldest = frames[first];
    const newest = frames.at(-1);
    return oldest !== undefined && newest !== undefined && offset + 1 >= oldest.from && offset <= newest.to;
  }

  /** The frame that begins right behind `offset`, cut to do so where it must; null when it is not kept. */
  function after(offset: number): DeltaFrame | null {
    const newest = frames.at(-1);
    if (newest?.from === offset + 1) return newest;
    if (!reaches(offset)) return null;
    const found = frames[firstBehind(offset)];
    if (!found) return null;
    return found.from === offset + 1 ? found : tailOf(found, offset);
  }

  /** The index of the first frame that ends behind `offset`; past the last one where none does. */
  function firstBehind(offset: number): number {
    let low = first;
    let high = frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((frames[middle]?.to ?? Number.POSITIVE_INFINITY) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return { push, clear, after, reaches };
}

function tailOf(frame: DeltaFrame, offset: number): DeltaFrame {
  const { cols } = JSON.parse(frame.payload.toString()) as Delta;
  return encodeDelta(offset + 1, frame.to, sliceColumns(cols, offset + 1 - frame.from));
}
