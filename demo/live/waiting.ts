import { sizeOf } from "../bus/batch.ts";
import type { Batch, Columns, Reading } from "../protocol.ts";
import { encodePart, joinParts, type Part } from "./column-text.ts";

/** Readings for one frame: their columns in order, and the JSON of all of them, yet to be put together. */
interface Piece {
  cols: readonly Columns[];
  json: readonly Buffer[];
}

/** Readings that wait for their frames. What came as text is put together as text. */
export function createWaiting(frameReadings: number) {
  const batches: Batch[] = [];
  let size = 0;

  return {
    add(batch: Batch): void {
      batches.push(batch);
      size += sizeOf(batch);
    },
    /** How many readings wait. */
    size: () => size,
    /** All of them in order, at most `frameReadings` in each piece. */
    pieces(): Piece[] {
      const pieces: Piece[] = [];
      let parts: Part[] = [];
      let room = frameReadings;
      const gather = () => {
        if (parts.length > 0) pieces.push({ cols: parts.map(({ cols }) => cols), json: joinParts(parts) });
        parts = [];
        room = frameReadings;
      };
      for (const part of partsOf(batches, frameReadings)) {
        const { length } = part.cols.source;
        if (length > room) gather();
        parts.push(part);
        room -= length;
      }
      gather();
      return pieces;
    },
  };
}

/** No part is larger than a frame may be; readings that did not come as text are put together first. */
function* partsOf(batches: readonly Batch[], frameReadings: number): Generator<Part> {
  let loose: Reading[] = [];
  for (const batch of batches) {
    if (!batch.encoded || sizeOf(batch) > frameReadings) {
      for (const reading of batch.readings) loose.push(reading);
      continue;
    }
    yield* encoded(loose, frameReadings);
    loose = [];
    yield batch.encoded;
  }
  yield* encoded(loose, frameReadings);
}

function* encoded(readings: readonly Reading[], most: number): Generator<Part> {
  for (let start = 0; start < readings.length; start += most)
    yield encodePart(readings.slice(start, start + most));
}
