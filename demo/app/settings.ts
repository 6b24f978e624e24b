import type { EaterSettings } from "../eater/eater.ts";
import type { IngestSettings } from "../eater/routes.ts";
import type { FeederSettings } from "../feeder/feeder.ts";
import type { FleetSettings } from "../feeder/fleet.ts";
import type { LiveSettings } from "../live/live-server.ts";
import type { OptionValues } from "../options/options.ts";

/** What each part needs, out of the one table of options. */
export function eaterSettings(values: OptionValues): EaterSettings {
  const { db, maxSeries, maxGroup, maxWaiting, replay, maxQueued, chunk } = values;
  const { deriveEveryMs, deriveChunk, retainEveryMs, storeCheckMs, maxDeriveLag } = values;
  return {
    file: db,
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

export function feederSettings(values: OptionValues, url: string, token: string): FeederSettings {
  const { timeoutMs, backoffFirstMs, backoffMaxMs, maxBatch, outboxLimit, drainMs } = values;
  return { url, token, timeoutMs, backoffFirstMs, backoffMaxMs, maxBatch, outboxLimit, drainMs };
}

export function liveSettings(values: OptionValues): LiveSettings {
  const { replay, frameReadings, conflateBytes, closeBytes, catchUpBytes, conflateEveryMs } = values;
  const { heartbeatMs, aheadMs, greetMs, maxMessages, maxMessageBytes, retryAfterMs, closeGraceMs } = values;
  return {
    flushMs: values.liveFlushMs,
    ringReadings: replay,
    maxSeries: values.liveSeries,
    origins: values.origins
      .split(",")
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ""),
    maxViewers: values.maxViewers,
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
