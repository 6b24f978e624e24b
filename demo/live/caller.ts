import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";

/** Who asks, as far as those tell that are believed. */
export interface Caller {
  /**
   * Of the viewer, or of the nearest machine on the way to it that is no trusted proxy; empty where the system names
   * none: who has broken the connection off already, or came over a socket that is a file.
   */
  address: string;
  /** The host that it asked for; undefined where it named none. */
  host: string | undefined;
  /** A trusted proxy has passed it on, which answers for the host. */
  isProxied: boolean;
}

/**
 * Makes the function that tells who asks.
 * @param trusted addresses and networks (`10.0.0.0/8`) of proxies whose X-Forwarded-For and -Host are believed
 * @throws TypeError for one that is none
 */
export function createCallerOf(trusted: readonly string[]): (request: IncomingMessage) => Caller {
  const isTrusted = proxyAddr.compile([...trusted]);
  return (request) => {
    const isProxied = isTrusted(request.socket.remoteAddress ?? "", 0);
    const forwarded = isProxied ? request.headers["x-forwarded-host"] : undefined;
    // The last one is what the nearest proxy has written; those before it came from further away.
    const host = String(forwarded ?? "")
      .split(",")
      .at(-1)
      ?.trim();
    return {
      address: withoutPort(proxyAddr(request, isTrusted) ?? ""),
      host: host || request.headers.host,
      isProxied,
    };
  };
}

/** Some proxies write the port as well, which is another one each time. */
function withoutPort(address: string): string {
  return (
    /^(?:(\d+(?:\.\d+){3})|\[([\da-f:.]+)\])(?::\d+)?$/i.exec(address)?.slice(1).find(Boolean) ?? address
  );
}

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/**
 * What counts as one address: of IPv6 the network of 64 bits, of which every household has one whole.
 * @returns an IPv4 address, or the first half of an IPv6 address
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (isIP(plain) !== 6) return plain;
  const [front = "", back] = plain.toLowerCase().split("::");
  const groups = front === "" ? [] : front.split(":");
  const rest = back === undefined || back === "" ? [] : back.split(":");
  const zeros = Array(Math.max(0, 8 - groups.length - rest.length)).fill("0");
  const whole = back === undefined ? groups : [...groups, ...zeros, ...rest];
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
