import { once } from "node:events";
import { connect } from "node:net";

/** Sends what may be no whole request, and resolves with all that was answered once the server has ended the connection. */
export async function untilCutOff(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  // A machine that stands still may cut it off before it was read.
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (data) => {
    answer += data.toString();
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}
