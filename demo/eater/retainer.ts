import type { EaterMetrics } from "./metrics.ts";
import type { Writer } from "./writer.ts";

/** Rows of a kind that one pass drops, where no more came meanwhile: some tens of milliseconds. */
const PASS_ROWS = 20_000;

interface RetainerParts {
  writer: Writer;
  metrics: EaterMetrics;
  clock(): number;
  /** False while another eater does it. */
  leads(): boolean;
}

/**
 * Drops what is too old, pass by pass until nothing is left of it. Commits have their turn between two passes, and a
 * pass drops no fewer readings than came in that turn, so that no rate the eater takes lets the database grow for ever.
 */
export function createRetainer(
  { writer, metrics, clock, leads }: RetainerParts,
  committed: () => number,
  publishedTo: () => number,
) {
  let isStopped = false;
  return {
    async run(): Promise<void> {
      let limit = PASS_ROWS;
      for (let more = leads(); more && !isStopped; ) {
        const before = committed();
        const pass = { now: clock(), publishedTo: publishedTo(), limit };
        const { dropped } = await writer.ask({ do: "retain", ...pass });
        metrics.dropped.inc(dropped.rows);
        more = dropped.more;
        limit = Math.max(PASS_ROWS, 2 * (committed() - before));
      }
    },
    /** Lets a run under way end with its pass; what is left is dropped by the next life. */
    stop(): void {
      isStopped = true;
    },
  };
}
