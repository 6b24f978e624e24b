/** What clients write, byte by byte, so that neither a viewer nor a publisher costs more for one server than for another. */

const TEXT = 0x81;
const BINARY = 0x82;

/** One websocket frame of a client. A mask of zeros is a mask: the payload stays as it is. */
export function masked(content: string | Buffer): Buffer {
  const payload = Buffer.from(content);
  const { length } = payload;
  const opcode = typeof content === "string" ? TEXT : BINARY;
  const head = length < 126 ? [opcode, 0x80 | length] : [opcode, 0x80 | (length < 65_536 ? 126 : 127)];
  const size = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8);
  if (size.length === 2) size.writeUInt16BE(length);
  if (size.length === 8) size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from(head), size, Buffer.alloc(4), payload]);
}

const mqttText = (text: string) =>
  Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text)]);

function mqttPacket(type: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let rest = body.length; size.length === 0 || rest > 0; rest >>= 7) {
    size.push((rest & 127) | (rest > 127 ? 128 : 0));
  }
  return Buffer.concat([Buffer.from([type, ...size]), body]);
}

/** MQTT 3.1.1, clean session, no keep-alive. */
export const mqttConnect = (client: string) =>
  mqttPacket(0x10, mqttText("MQTT"), Buffer.from([4, 2, 0, 0]), mqttText(client));
export const mqttSubscribe = (topic: string) =>
  mqttPacket(0x82, Buffer.from([0, 1]), mqttText(topic), Buffer.from([0]));
/** At QoS 0. */
export const mqttPublish = (topic: string, text: string) =>
  mqttPacket(0x30, mqttText(topic), Buffer.from(text));
