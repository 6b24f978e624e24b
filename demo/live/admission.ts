import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostFault } from "../host-fault.ts";
import { SUBPROTOCOL } from "../protocol.ts";
import type { Caller } from "./caller.ts";

export interface AdmissionSettings {
  /** Origins of pages that may show the view, besides those of this host itself; `*` allows all. */
  origins: readonly string[];
  /** Names of this host, besides its addresses and localhost. */
  hosts: readonly string[];
  maxViewers: number;
  /** Of these, most from one address that is not this machine's own. */
  maxViewersPerAddress: number;
}

/** Why a viewer is not let in, as an HTTP answer. */
export interface Refusal {
  status: 400 | 403 | 429 | 503;
  message: string;
  headers: Record<string, string>;
}

/** Viewers there are: in all, and of the address that asks. */
export interface Crowd {
  viewers: number;
  ofAddress: number;
}

/**
 * Only browsers send an origin, and only they can be made to by a page their user merely visits: a request without
 * one is let in, a page's must come from this host or from the list. That a page and its request name the same host
 * proves nothing where the name is not known to be ours: any page's owner can let its name point here (DNS rebinding).
 */
export function refuseOrigin(
  origin: string | undefined,
  { host, isProxied }: Pick<Caller, "host" | "isProxied">,
  { origins, hosts }: Pick<AdmissionSettings, "origins" | "hosts">,
): Refusal | null {
  if (origin === undefined || origins.includes("*") || origins.includes(origin)) return null;
  const refuse = (message: string): Refusal => ({ status: 403, message, headers: {} });
  const own = host?.toLowerCase();
  if (own === undefined || !URL.canParse(origin) || new URL(origin).host !== own) {
    return refuse(
      `pages of ${origin} may not show the live view of ${own ?? "a host without a name"}: allow them with --origins; ` +
        "where a proxy has rewritten Host, let it send X-Forwarded-Host and name it with --trusted-proxies",
    );
  }
  if (isProxied || isOwnName(own, hosts)) return null;
  return refuse(`${own} is not known to be this server: name it with --hosts`);
}

/** @param host with or without a port, in lower case */
function isOwnName(host: string, hosts: readonly string[]): boolean {
  const name = new URL(`http://${host}`).hostname;
  const isAddress = name.startsWith("[") || isIP(name) !== 0;
  return isAddress || name === "localhost" || name.endsWith(".localhost") || hosts.includes(name);
}

export function refuseProtocols(header: string | undefined): Refusal | null {
  const offered = (header ?? "").split(",").map((name) => name.trim());
  if (offered.includes(SUBPROTOCOL)) return null;
  return {
    status: 400,
    message: `expected the websocket subprotocol ${SUBPROTOCOL}`,
    headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL },
  };
}

export function refuseCrowd(
  { viewers, ofAddress }: Crowd,
  { maxViewers, maxViewersPerAddress }: Pick<AdmissionSettings, "maxViewers" | "maxViewersPerAddress">,
): Refusal | null {
  const headers = { "Retry-After": "10" };
  if (viewers >= maxViewers) return { status: 503, message: `all ${maxViewers} places are taken`, headers };
  if (ofAddress < maxViewersPerAddress) return null;
  return { status: 429, message: `one address may take ${maxViewersPerAddress} places`, headers };
}

/** What the hooks of an app would have refused: an upgrade goes past them. */
function refuseHost(request: Pick<IncomingMessage, "rawHeaders" | "httpVersion">): Refusal | null {
  const message = hostFault(request);
  return message === null ? null : { status: 400, message, headers: {} };
}

/** The first reason not to let this websocket in; null when there is none. */
export function refuseUpgrade(
  request: Pick<IncomingMessage, "headers" | "rawHeaders" | "httpVersion">,
  caller: Caller,
  crowd: Crowd,
  settings: AdmissionSettings,
): Refusal | null {
  return (
    refuseHost(request) ??
    refuseOrigin(request.headers.origin, caller, settings) ??
    refuseProtocols(request.headers["sec-websocket-protocol"]) ??
    refuseCrowd(crowd, settings)
  );
}

/** The first reason not to open a stream of server-sent events; null when there is none. */
export function refuseEvents(
  headers: IncomingHttpHeaders,
  caller: Caller,
  crowd: Crowd,
  settings: AdmissionSettings,
): Refusal | null {
  return refuseOrigin(headers.origin, caller, settings) ?? refuseCrowd(crowd, settings);
}
