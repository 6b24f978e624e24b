/** How much may come in before an acknowledgement goes out: bytes (a quarter of what a viewer may owe), and ms. */
export const ACK_BYTES = 65_536;
const ACK_MS = 400;

/** Acknowledges after so many bytes, or so much time, whichever comes first. `now` in epoch ms. */
export function createAcknowledger(acknowledge: () => void) {
  let unacked = 0;
  let ackedAt = 0;

  function send(now: number): void {
    acknowledge();
    unacked = 0;
    ackedAt = now;
  }

  return {
    received(bytes: number, now: number): void {
      unacked += bytes;
      if (unacked >= ACK_BYTES || (unacked > 0 && now - ackedAt >= ACK_MS)) send(now);
    },
    tick(now: number): void {
      if (unacked > 0 && now - ackedAt >= ACK_MS) send(now);
    },
  };
}
