import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import ipaddr from "ipaddr.js";

const WITH_PORT = /^(?:(\d+(?:\.\d+){3})|\[([\da-f:.]+(?:%[^\]]*)?)\])(?::\d+)?$/i;

/** Some proxies write the port as well, which is another one each time. What has none stays as it is. */
export function withoutPort(address: string): string {
  return WITH_PORT.exec(address)?.slice(1).find(Boolean) ?? address;
}

/**
 * Makes the function that tells whether an address is one of those, with or without a port.
 * @param trusted addresses and networks, such as `10.0.0.0/8`
 * @throws TypeError for one that is none
 */
export function createTrust(trusted: readonly string[]): (address?: string) => boolean {
  const isTrusted = proxyAddr.compile([...trusted]);
  return (address = "") => {
    const known = parsed(address);
    const [zone = ""] = /%[^\]]*/.exec(address) ?? [];
    return known !== null && isTrusted(known.toString() + zone, 0);
  };
}

/** @returns null for what is no address; IPv4 also where it is mapped into IPv6 */
function parsed(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const text = withoutPort(address.trim()).replace(/%.*$/, "");
  // The parser takes 012.0.0.1 for 10.0.0.1, and ::10.0.0.1 too unless it comes in hexadecimal digits, as an URL writes it.
  if (isIP(text) === 6) return ipaddr.process(new URL(`http://[${text}]`).hostname.slice(1, -1));
  return isIP(text) === 4 ? ipaddr.process(text) : null;
}

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  return parsed(address)?.range() === "loopback";
}

/**
 * What counts as one address: of IPv6 the network of 64 bits, of which every household has one whole. All that is no
 * address counts as one, so that nobody becomes many by names.
 * @returns an IPv4 address, the first half of an IPv6 address, or nothing
 */
export function networkOf(address: string): string {
  const known = parsed(address);
  if (known === null) return "";
  if (!("parts" in known)) return known.toString();
  return known.parts
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}
