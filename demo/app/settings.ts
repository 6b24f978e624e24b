import { hostname } from "node:os";
import { createTrust } from "../address.ts";
import type { EaterSettings } from "../eater/eater.ts";
import type { IngestSettings } from "../eater/routes.ts";
import type { FeederSettings } from "../feeder/feeder.ts";
import type { FleetSettings } from "../feeder/fleet.ts";
import type { LiveSettings } from "../live/live-server.ts";
import { flagOf, OptionError, type OptionKey, type OptionValues } from "../options/options.ts";
import { postgresAccess } from "./postgres-access.ts";

/** What each part needs, out of the one table of options. */
export function eaterSettings(values: OptionValues): EaterSettings {
  const { db, maxSeries, maxGroup, maxWaiting, replay, maxQueued, chunk } = values;
  const { deriveEveryMs, deriveChunk, retainEveryMs, storeCheckMs, maxDeriveLag } = values;
  return {
    file: db,
    postgres: postgresAccess(values),
    maxSeries,
    maxGroup,
    maxWaiting,
    replay,
    maxQueued,
    chunk,
    deriveEveryMs,
    deriveChunk,
    retainEveryMs,
    storeCheckMs,
    maxDeriveLag,
    anomalies: {
      window: values.anomalyWindow,
      threshold: values.anomalyThreshold,
      warmUp: Math.min(values.anomalyWarmUp, values.anomalyWindow),
    },
    retention: { readingsMs: values.keepReadingsMs, minutesMs: values.keepMinutesMs },
  };
}

export function ingestSettings(values: OptionValues): IngestSettings {
  const { maxBodyBytes, maxRequests, rateWindowMs, maxAheadMs, maxRejected } = values;
  return { maxBodyBytes, maxRequests, rateWindowMs, maxAheadMs, maxRejected };
}

export function fleetSettings(values: OptionValues): FleetSettings {
  const { seed, devices, rate, late, duplicates, dropOuts, faults } = values;
  return { seed, devices, rate, late, duplicates, dropOuts, faults };
}

/** @throws OptionError where one contradicts another */
export function feederSettings(values: OptionValues, url: string, token: string): FeederSettings {
  requireOrder(values, "backoffFirstMs", "backoffMaxMs");
  const { timeoutMs, backoffFirstMs, backoffMaxMs, maxBatch, outboxLimit, drainMs } = values;
  return { url, token, timeoutMs, backoffFirstMs, backoffMaxMs, maxBatch, outboxLimit, drainMs };
}

/** @throws OptionError for what is no origin, name or address, and where one option contradicts another */
export function liveSettings(values: OptionValues): LiveSettings {
  // Past what closes a viewer, neither would ever come into effect.
  requireOrder(values, "conflateBytes", "closeBytes");
  requireOrder(values, "catchUpBytes", "closeBytes");
  const { replay, frameReadings, conflateBytes, closeBytes, catchUpBytes, conflateEveryMs } = values;
  const { heartbeatMs, aheadMs, greetMs, maxMessages, maxMessageBytes, retryAfterMs, closeGraceMs } = values;
  return {
    flushMs: values.liveFlushMs,
    ringReadings: replay,
    maxSeries: values.liveSeries,
    origins: originsOf(values),
    // What a machine is called in its own network is no name that another could let point here.
    hosts: [...hostsOf(values), hostname().toLowerCase(), `${hostname()}.local`.toLowerCase()],
    trustedProxies: trustedProxies(values),
    maxViewers: values.maxViewers,
    maxViewersPerAddress: values.maxViewersPerAddress,
    frameReadings,
    conflateBytes,
    closeBytes,
    catchUpBytes,
    conflateEveryMs,
    heartbeatMs,
    aheadMs,
    greetMs,
    maxMessages,
    maxMessageBytes,
    retryAfterMs,
    closeGraceMs,
  };
}

type NumberKey = { [Key in OptionKey]: OptionValues[Key] extends number ? Key : never }[OptionKey];

function requireOrder(values: OptionValues, lower: NumberKey, upper: NumberKey): void {
  if (values[lower] <= values[upper]) return;
  const of = (key: NumberKey) => `${flagOf(key)} (${values[key]})`;
  throw new OptionError(`${of(lower)} may not be more than ${of(upper)}; change one of them`);
}

/** @throws OptionError for what is no address */
export function trustedProxies(values: OptionValues): string[] {
  const proxies = listOf(values.trustedProxies);
  try {
    createTrust(proxies);
    return proxies;
  } catch (cause) {
    const message = `--trusted-proxies takes addresses and networks such as 10.0.0.0/8, not "${values.trustedProxies}"`;
    throw new OptionError(message, { cause });
  }
}

/** As browsers send them. @throws OptionError for what no browser would: no page could match it */
function originsOf({ origins }: OptionValues): string[] {
  return listOf(origins).map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (text === "*") return text;
    if (url !== null && url.origin !== "null" && `${url.origin}/` === url.href) return url.origin;
    throw new OptionError(`--origins takes origins such as https://team.example, or *, not "${text}"`);
  });
}

/** As they stand in an address. @throws OptionError for what is no name alone */
function hostsOf({ hosts }: OptionValues): string[] {
  return listOf(hosts).map((text) => {
    const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
    if (url !== null && url.href === `http://${url.hostname}/` && !/[/@:]/.test(text)) return url.hostname;
    throw new OptionError(
      `--hosts takes names such as live.team.example, without scheme and port, not "${text}"`,
    );
  });
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
