import { z } from "zod";

/** What the eater's answer to a batch asks of the feeder. */
export type Verdict =
  /** Committed, but for the lines it rejected, which would be rejected again. */
  | { kind: "done"; rejected: number; report: string }
  /** Too large: to be sent in smaller parts. */
  | { kind: "split" }
  | { kind: "retry"; reason: string; retryAfterMs: number }
  /** Wrong set-up: sending again cannot help. */
  | { kind: "fatal"; code: "UNAUTHORIZED" | "NOT_AN_EATER"; reason: string };

/** Of an eater's answer, what the feeder reads. Whatever else stands there is a proxy's word, or a portal's. */
const reportSchema = z.object({
  stored: z.int().nonnegative(),
  rejectedTotal: z.int().nonnegative().default(0),
  rejected: z.array(z.unknown()).default([]),
});

/** @param now epoch ms, for a Retry-After that names a date */
export function judgeAnswer(status: number, retryAfter: string | null, body: string, now: number): Verdict {
  if (status === 200 || status === 422) {
    const report = parseReport(body);
    if (report === null)
      return { kind: "fatal", code: "NOT_AN_EATER", reason: "the answer is no ingest report" };
    const { rejectedTotal, rejected } = report;
    return { kind: "done", rejected: rejectedTotal, report: JSON.stringify(rejected.slice(0, 5)) };
  }
  if (status === 413) return { kind: "split" };
  if (status === 401 || status === 403) {
    const reason = `the eater refuses the token (${status}); make one with: sprintcast-demo eater token add NAME`;
    return { kind: "fatal", code: "UNAUTHORIZED", reason };
  }
  // What else there is passes: an eater that starts, a proxy without a backend, a limit that was met.
  return { kind: "retry", reason: `HTTP ${status}`, retryAfterMs: parseRetryAfter(retryAfter, now) };
}

function parseReport(body: string): z.infer<typeof reportSchema> | null {
  try {
    return reportSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

// Longer than this no answer makes the feeder wait: a clock that is wrong must not silence it for a year.
const LONGEST_WAIT = 300_000;

/** Retry-After as seconds or as an HTTP date (RFC 9110, 10.2.3), in ms from now; 0 when absent or not understood. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(LONGEST_WAIT, Math.max(0, ms));
}
