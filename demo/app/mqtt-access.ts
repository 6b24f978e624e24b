import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { MqttAccess } from "../feeder/mqtt/connection.ts";
import { flagOf, OptionError, type OptionKey, type OptionValues } from "../options/options.ts";

const SCHEMES = ["mqtt://", "mqtts://"];

/** True where `--from` names a broker. */
export function isBroker(from: string | null): from is string {
  return from !== null && SCHEMES.some((scheme) => from.startsWith(scheme));
}

/**
 * What `--from mqtt://` and the options beside it say. A topic filter holds # and +, which no other URL does, so that
 * the address ends at the first slash. What may hold a password is never repeated.
 * @param feeder names this feeder, in this and every later life: the broker keeps a session for it
 * @throws OptionError
 */
export function mqttAccess(values: OptionValues, from: string, feeder: string): MqttAccess {
  if (values.state === null) {
    throw new OptionError("--from mqtt:// needs --state: a file where what the broker handed over is safe");
  }
  const isTls = from.startsWith("mqtts://");
  const [, address = "", filter = ""] = /^\w+:\/\/([^/]*)\/?(.*)$/s.exec(from) ?? [];
  const url = `mqtt://${address}`;
  if (!URL.canParse(url)) throw refuse("in a user or password write @ / : % with %40 %2F %3A %25");
  const { hostname, port, username, password } = new URL(url);
  if (hostname === "") throw refuse("it names no host");
  if (username === "" && password !== "") throw refuse("a password needs a user");
  if (!isFilter(filter)) {
    throw refuse(
      "behind the host stands a topic filter, where + is one word and a # at the end all that follow",
    );
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || (isTls ? 8883 : 1883)),
    user: username === "" ? null : decode(username),
    password: password === "" ? null : decode(password),
    tls: tlsOf(values, isTls),
    filter,
    // Another filter is another session: the broker would keep the old one's subscription. 23 characters at most.
    clientId: `sc-${createHash("sha256").update(`${feeder} ${filter}`).digest("hex").slice(0, 20)}`,
    timeoutMs: values.timeoutMs,
  };
}

function tlsOf(values: OptionValues, isTls: boolean): MqttAccess["tls"] {
  const { mqttCa, mqttCert, mqttKey } = values;
  if (!isTls && [mqttCa, mqttCert, mqttKey].some((file) => file !== null)) {
    throw new OptionError("--mqtt-ca, --mqtt-cert and --mqtt-key are of use with mqtts:// alone");
  }
  if ((mqttCert === null) !== (mqttKey === null)) {
    throw new OptionError("--mqtt-cert and --mqtt-key belong together; name both, or none");
  }
  if (!isTls) return null;
  return {
    ca: read("mqttCa", mqttCa),
    cert: read("mqttCert", mqttCert),
    key: read("mqttKey", mqttKey),
  };
}

/** As MQTT 3.1.1 has it (4.7). */
function isFilter(filter: string): boolean {
  if (filter === "" || filter.includes("\0")) return false;
  const words = filter.split("/");
  return words.every(
    (word, index) => word === "+" || (word === "#" && index === words.length - 1) || !/[+#]/.test(word),
  );
}

function refuse(why: string): OptionError {
  return new OptionError(`--from takes mqtt://user:password@host:port/topic/filter: ${why}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse("a % in a user or password is written %25");
  }
}

function read(key: OptionKey, file: string | null): string | null {
  if (file === null) return null;
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new OptionError(`${flagOf(key)}: ${file} cannot be read (${why})`, { cause });
  }
}
