import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";

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
    // Written in our way: the other's parser takes ::10.0.0.1 and 012.0.0.1 for 10.0.0.1.
    const plain = plainOf(address);
    const [zone = ""] = /%[^\]]*/.exec(address) ?? [];
    return plain !== null && isTrusted(plain + zone, 0);
  };
}

/**
 * The one spelling of an address: without port and zone, IPv4 as IPv4 also where it is mapped into IPv6.
 * @returns null for what is no address
 */
function plainOf(address: string): string | null {
  const text = withoutPort(address.trim()).replace(/%.*$/, "");
  if (isIP(text) !== 6) return isIP(text) === 4 ? text : null;
  // An URL writes every address of IPv6 in one way, in groups of hexadecimal digits.
  const plain = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(plain);
  if (!mapped) return plain;
  const halves = mapped.slice(1).map((half) => Number.parseInt(half, 16));
  return halves.flatMap((half) => [half >> 8, half & 255]).join(".");
}

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  const plain = plainOf(address);
  return plain === "::1" || (plain !== null && /^127\./.test(plain));
}

/**
 * What counts as one address: of IPv6 the network of 64 bits, of which every household has one whole. All that is no
 * address counts as one, so that nobody becomes many by names.
 * @returns an IPv4 address, the first half of an IPv6 address, or nothing
 */
export function networkOf(address: string): string {
  const plain = plainOf(address);
  if (plain === null || isIP(plain) === 4) return plain ?? "";
  const [front = "", back] = plain.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - front.length - (back?.length ?? 0)).fill("0");
  return [...front, ...zeros, ...(back ?? [])].slice(0, 4).join(":");
}
