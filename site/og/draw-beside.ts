import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { pictureFile } from "./draw-image.ts";
import type { Picture } from "./og-image.ts";

/** Each loads what draws, which takes as long as some pictures. */
const mostWorkers = 4;
const worthWorker = 8;

/**
 * Draws the pictures that `cache` does not have, on threads beside this one, which is left a processor for itself.
 * Resolves when `cache` has all; rejects with what the first that fails has said.
 */
export async function drawBeside(pictures: readonly Picture[], cache: string): Promise<void> {
  const missing = pictures.filter((picture) => !existsSync(pictureFile(picture, cache)));
  const count = Math.min(mostWorkers, availableParallelism() - 1, Math.ceil(missing.length / worthWorker));
  const shares = Map.groupBy(missing.entries(), ([index]) => index % Math.max(1, count));
  await Promise.all(
    [...shares.values()].map((share) => runWorker({ pictures: share.map(([, picture]) => picture), cache })),
  );
}

function runWorker(workerData: { pictures: Picture[]; cache: string }): Promise<void> {
  const file = new URL(`./draw-worker${extname(import.meta.filename)}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData });
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}
