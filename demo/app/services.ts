import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { createNatsBus } from "../bus/nats.ts";
import { OptionError, type OptionValues } from "../options/options.ts";
import { createMemcachedSnapshots } from "../snapshot/memcached.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { natsAccess } from "./nats-access.ts";
import { parseServers } from "./server-url.ts";

/** The bus that `--bus` names. @throws OptionError */
export function createBus(values: OptionValues, warn: (error: unknown) => void): Bus {
  if (values.bus === "memory:") return createMemoryBus({ keepReadings: values.replay });
  return createNatsBus(
    {
      access: natsAccess(values),
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
  const { hosts, user, password } = parseServers(
    "snapshot",
    url,
    ["memcached:"],
    "memory: or memcached://host:port",
  );
  if (hosts.some((host) => host.startsWith("["))) {
    throw new OptionError("--snapshot takes no IPv6 address, but the name of a host that has one");
  }
  return createMemcachedSnapshots({
    hosts,
    user,
    password,
    prefix: values.snapshotPrefix,
    timeoutMs: values.serviceTimeoutMs,
  });
}
