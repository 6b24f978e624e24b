import { type Delta, sliceColumns } from "../protocol.ts";
import { type DeltaFrame, encodeDelta } from "./frame.ts";

/**
 * The newest frames, without a gap between them, as far back as `capacity` readings need.
 * Found by offset with a binary search; frames that fall out cost nothing but a moved index.
 */
export function createRing(capacity: number) {
  let frames: DeltaFrame[] = [];
  let first = 0;

  const size = () => frames.length - first;
  const at = (index: number) => frames[first + index]!;

  function push(frame: DeltaFrame): void {
    if (size() > 0 && at(size() - 1).to + 1 !== frame.from) clear();
    frames.push(frame);
    while (size() > 1 && frame.to - at(0).to >= capacity) first += 1;
    if (first > 1024 && first > frames.length / 2) {
      frames = frames.slice(first);
      first = 0;
    }
  }

  function clear(): void {
    frames = [];
    first = 0;
  }

  /** The frame that begins right behind `offset`, cut to do so where it must; null when it is not kept. */
  function after(offset: number): DeltaFrame | null {
    if (size() === 0 || offset + 1 < at(0).from || offset >= at(size() - 1).to) return null;
    const last = at(size() - 1);
    if (last.from === offset + 1) return last;
    let low = 0;
    let high = size() - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle).to > offset) high = middle;
      else low = middle + 1;
    }
    const found = at(low);
    return found.from === offset + 1 ? found : tailOf(found, offset);
  }

  return {
    push,
    clear,
    after,
    /** True when every reading behind `offset` is kept. */
    reaches: (offset: number) => size() > 0 && offset + 1 >= at(0).from && offset <= at(size() - 1).to,
  };
}

function tailOf(frame: DeltaFrame, offset: number): DeltaFrame {
  const { cols } = JSON.parse(frame.payload.toString()) as Delta;
  return encodeDelta(offset + 1, frame.to, sliceColumns(cols, offset + 1 - frame.from));
}
