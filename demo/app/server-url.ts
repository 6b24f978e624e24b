import { flagOf, OptionError, type OptionKey } from "../options/options.ts";

/** One or more servers of one kind, out of an option. */
export interface Servers {
  /** Of the first server, which speaks for all: `nats:`, `tls:` or `memcached:`. */
  scheme: string;
  /** Each as `host` or `host:port`, without whatever else the address held. */
  hosts: string[];
  /** Decoded; null where the address names none. */
  user: string | null;
  password: string | null;
}

/**
 * Reads `scheme://user:password@host:port`, or several with commas, of which those after the first may leave scheme
 * and user out. What it cannot honour it refuses: a path, a query, two users, two schemes.
 * @param example what is expected, for the message, which never repeats what may hold a password
 * @throws OptionError
 */
export function parseServers(
  key: OptionKey,
  text: string,
  schemes: readonly string[],
  example: string,
): Servers {
  const refuse = (why: string) => {
    const shown = text.includes("@") ? "" : `, not "${text}"`;
    return new OptionError(`${flagOf(key)} takes ${example}${shown}${why}`);
  };
  const scheme = schemes.find((known) => text.startsWith(`${known}//`));
  if (scheme === undefined) throw refuse("");
  const servers: Servers = { scheme, hosts: [], user: null, password: null };
  for (const server of text.split(",")) {
    const whole: string = server.includes("://") ? server.trim() : `${scheme}//${server.trim()}`;
    if (!URL.canParse(whole)) throw refuse(" (in a user or password write @ , : / with %40 %2C %3A %2F)");
    const url: URL = new URL(whole);
    if (url.protocol !== scheme) throw refuse(`; all servers have one scheme, here ${scheme}//`);
    if (url.host === "") throw refuse("");
    if ((url.pathname !== "" && url.pathname !== "/") || url.search !== "" || url.hash !== "") {
      throw refuse("; nothing may stand behind the port");
    }
    takeUser(servers, url, refuse);
    servers.hosts.push(url.host);
  }
  return servers;
}

function takeUser(servers: Servers, url: URL, refuse: (why: string) => OptionError): void {
  if (url.username === "" && url.password === "") return;
  if (url.username === "") throw refuse("; a password needs a user");
  const user = decode(url.username, refuse);
  const password = url.password === "" ? null : decode(url.password, refuse);
  const isFirst = servers.user === null;
  if (!isFirst && (servers.user !== user || servers.password !== password)) {
    throw refuse("; all servers are given one user and password");
  }
  if (isFirst && servers.hosts.length > 0) throw refuse("; a user stands with the first server, for all");
  servers.user = user;
  servers.password = password;
}

function decode(text: string, refuse: (why: string) => OptionError): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse("; a % in a user or password is written %25");
  }
}
