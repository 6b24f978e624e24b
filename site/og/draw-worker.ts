import { workerData } from "node:worker_threads";
import { drawPicture } from "./draw-image.ts";
import type { Picture } from "./og-image.ts";

const { pictures, cache } = workerData as { pictures: Picture[]; cache: string };
const left = pictures.values();

async function drawNext(): Promise<void> {
  for (const picture of left) await drawPicture(picture, cache);
}

// Two at a time: while one is painted by a thread of its own, the next is laid out.
await Promise.all([drawNext(), drawNext()]);
