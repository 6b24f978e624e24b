const nowMs = () => performance.timeOrigin + performance.now();

/** Reads websocket text frames and tells now - value for every reading in a delta, ms. */
export function createSampler(note: (late: number) => void) {
  let rest: Buffer = Buffer.alloc(0);
  return (data: Buffer): void => {
    const now = nowMs();
    rest = rest.length > 0 ? Buffer.concat([rest, data]) : data;
    for (;;) {
      if (rest.length < 2) return;
      const short = rest.readUInt8(1) & 0x7f;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (rest.length < head) return;
      const size =
        short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < head + size) return;
      const message = JSON.parse(rest.toString("utf8", head, head + size));
      rest = rest.subarray(head + size);
      if (message.t === "delta") for (const sentAt of message.cols.value) note(now - sentAt);
    }
  };
}
