import { createServer } from "node:net";

const LINE_END = 10;

/** Where a server is: what it prints as its first line, as JSON. */
export interface Place {
  /** Viewers come here. */
  port: number;
  /** The publisher writes here, one message a line. */
  feedPort: number;
}

/** Listens for the publisher; resolves to the port. Runs under Node and Bun. */
export async function listenForLines(take: (line: Buffer) => void): Promise<number> {
  const server = createServer((socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on("data", (data) => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data;
      let at = 0;
      for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, at)) {
        take(bytes.subarray(at, end));
        at = end + 1;
      }
      rest = bytes.subarray(at);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

export const tellPlace = (place: Place) => process.stdout.write(`${JSON.stringify(place)}\n`);
