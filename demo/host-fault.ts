import type { IncomingMessage } from "node:http";

/**
 * What is wrong with the Host of a request, to be answered 400 (RFC 9112, 3.2); null where nothing is. Node takes the
 * first of several and drops the rest, while a proxy before it may have gone by another.
 */
export function hostFault({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, "rawHeaders" | "httpVersion">): string | null {
  // Names and values take turns.
  const times = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  if (times > 1) return `a request has one Host, not ${times}`;
  return times === 0 && httpVersion === "1.1" ? "a request of HTTP/1.1 needs a Host" : null;
}
