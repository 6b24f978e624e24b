import type { IncomingMessage } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import { createTrust, withoutPort } from "../address.ts";

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
  const isTrusted = createTrust(trusted);
  return (request) => {
    const isProxied = isTrusted(request.socket.remoteAddress ?? "");
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
