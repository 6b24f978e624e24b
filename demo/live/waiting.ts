import { sizeOf } from "../bus/batch.ts";
import { type Batch, type Columns, columnsOf, type Reading } from "../protocol.ts";

/** Readings for one frame, with the JSON of their columns where they came so. */
interface Piece {
  cols: Columns;
  json?: Buffer;
}

/** Of a frame's most readings, so much makes a frame of its own; less is put together with what comes beside it. */
const SHARE_OF_FRAME = 4;

/** Readings that wait for their frames. A batch that is large enough for a frame is passed on as it came. */
export function createWaiting(frameReadings: number) {
  const batches: Batch[] = [];
  let size = 0;

  function isFrame(batch: Batch): boolean {
    const isLarge = sizeOf(batch) * SHARE_OF_FRAME >= frameReadings || batches.length === 1;
    return isLarge && sizeOf(batch) <= frameReadings;
  }

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
      let loose: Reading[] = [];
      const gather = () => {
        for (let start = 0; start < loose.length; start += frameReadings) {
          pieces.push({ cols: columnsOf(loose.slice(start, start + frameReadings)) });
        }
        loose = [];
      };
      for (const batch of batches) {
        if (batch.encoded && isFrame(batch)) {
          gather();
          pieces.push(batch.encoded);
        } else for (const reading of batch.readings) loose.push(reading);
      }
      gather();
      return pieces;
    },
  };
}
