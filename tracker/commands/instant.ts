import { UsageError } from "../errors.ts";

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** An ISO instant with its offset, to epoch milliseconds. Errors: UsageError `bad-instant`. */
export function parseInstant(text: string): number {
  const at = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new UsageError("bad-instant", `--at ${JSON.stringify(text)} is no instant`, {
    hint: "expected ISO 8601 with Z or an offset, such as 2024-03-01T00:00:00Z or 2024-03-01T09:30:00+01:00",
  });
}
