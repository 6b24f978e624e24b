import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { createNatsBus } from "../bus/nats.ts";
import { OptionError, type OptionValues } from "../options/options.ts";
import { createMemcachedSnapshots } from "../snapshot/memcached.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";

/** The bus that `--bus` names. @throws OptionError */
export function createBus(values: OptionValues, warn: (error: unknown) => void): Bus {
  const url = values.bus;
  if (url === "memory:") return createMemoryBus({ keepReadings: values.replay });
  if (!areServers(url, ["nats:", "tls:"])) {
    throw new OptionError(`--bus takes memory: or nats://host:port, not "${url}"`);
  }
  return createNatsBus(
    {
      url,
      stream: values.natsStream,
      subject: values.natsSubject,
      replicas: values.natsReplicas,
      maxAgeMs: values.natsMaxAgeMs,
      maxBytes: values.natsMaxBytes,
      timeoutMs: values.serviceTimeoutMs,
    },
    warn,
  );
}

/** The store that `--snapshot` names. @throws OptionError */
export function createSnapshots(values: OptionValues): SnapshotStore {
  const url = values.snapshot;
  if (url === "memory:") return createMemorySnapshots();
  if (!areServers(url, ["memcached:"])) {
    throw new OptionError(`--snapshot takes memory: or memcached://host:port, not "${url}"`);
  }
  return createMemcachedSnapshots({ url, prefix: values.snapshotPrefix, timeoutMs: values.serviceTimeoutMs });
}

/** True for `scheme://host`, or several with commas, of which those after the first may leave the scheme out. */
function areServers(text: string, schemes: readonly string[]): boolean {
  const scheme = schemes.find((known) => text.startsWith(`${known}//`));
  if (scheme === undefined) return false;
  return text.split(",").every((server) => {
    const whole = server.includes("://") ? server : `${scheme}//${server}`;
    return URL.canParse(whole) && schemes.includes(new URL(whole).protocol) && new URL(whole).host !== "";
  });
}
