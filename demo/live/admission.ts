import type { IncomingMessage } from "node:http";
import { SUBPROTOCOL } from "../protocol.ts";

export interface AdmissionSettings {
  /** Origins of pages that may show the view, besides those of this host itself; `*` allows all. */
  origins: readonly string[];
  maxViewers: number;
}

/** Why a viewer is not let in, as an HTTP answer. */
export interface Refusal {
  status: 400 | 403 | 503;
  message: string;
  headers: Record<string, string>;
}

/**
 * Only browsers send an origin, and only they can be made to by a page their user merely visits: a request without
 * one is let in, a page's must come from this host or from the list.
 */
export function refuseOrigin(
  origin: string | undefined,
  host: string | undefined,
  origins: readonly string[],
): Refusal | null {
  if (origin === undefined || origins.includes("*") || origins.includes(origin)) return null;
  if (host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()) return null;
  const message = "this origin may not show the live view; allow it with --origins";
  return { status: 403, message, headers: {} };
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

export function refuseCrowd(viewers: number, { maxViewers }: AdmissionSettings): Refusal | null {
  if (viewers < maxViewers) return null;
  return { status: 503, message: `all ${maxViewers} places are taken`, headers: { "Retry-After": "10" } };
}

/** The first reason not to let this websocket in; null when there is none. */
export function refuseUpgrade(
  { headers }: Pick<IncomingMessage, "headers">,
  viewers: number,
  settings: AdmissionSettings,
): Refusal | null {
  return (
    refuseOrigin(headers.origin, headers.host, settings.origins) ??
    refuseProtocols(headers["sec-websocket-protocol"]) ??
    refuseCrowd(viewers, settings)
  );
}

/** The first reason not to open a stream of server-sent events; null when there is none. */
export function refuseEvents(
  { headers }: Pick<IncomingMessage, "headers">,
  viewers: number,
  settings: AdmissionSettings,
): Refusal | null {
  return refuseOrigin(headers.origin, headers.host, settings.origins) ?? refuseCrowd(viewers, settings);
}
