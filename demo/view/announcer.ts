import type { Scene } from "./feed.ts";
import type { Status } from "./status.ts";
import { summaryOf } from "./summary.ts";
import type { ViewWords } from "./words.ts";

/** A screen reader is told of a changed state soon, of new values seldom. */
const STATE_MS = 4000;
const VALUES_MS = 30_000;

/** Tells a screen reader now and then what is to be seen. */
export function createAnnouncer(
  recordedOn: string,
  clock: () => number,
  tell: (text: string) => void,
  words: ViewWords,
) {
  let at = 0;
  let told: Status | null = null;
  return (scene: Scene, isPaused: boolean): void => {
    const now = clock();
    const wait = scene.status === told ? VALUES_MS : STATE_MS;
    if (told !== null && now - at < wait) return;
    if (scene.status === told && isPaused) return;
    told = scene.status;
    at = now;
    tell(summaryOf(scene, recordedOn, words));
  };
}
