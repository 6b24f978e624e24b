import { Counter, Gauge, type Registry } from "prom-client";
import type { Bus } from "../bus/bus.ts";
import type { LiveServer } from "./live-server.ts";

/** Shows the live server's counts as Prometheus metrics, `sprintcast_live_…`, and says what keeps it from its work. */
export function watchLive(registry: Registry, live: LiveServer, bus: Bus) {
  const registers = [registry];
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `sprintcast_live_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `sprintcast_live_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("bus_away", "1 while nothing can come over the bus", () => (bus.connected() ? 0 : 1));
  gauge("viewers", "Viewers connected", () => live.counts().viewers);
  gauge("offset", "Newest offset from the bus", () => live.counts().offset);
  gauge("series", "Series whose latest values are known", () => live.counts().series);
  counter("frames_total", "Frames sent", () => live.counts().framesSent);
  counter(
    "conflated_frames_total",
    "Frames sent with the latest values only",
    () => live.counts().conflatedFrames,
  );
  counter("snapshots_total", "Snapshots sent", () => live.counts().snapshots);
  counter("resumed_total", "Viewers that resumed", () => live.counts().resumed);
  new Counter({
    name: "sprintcast_live_closed_total",
    help: "Viewers closed by the server, by reason",
    labelNames: ["code"],
    registers,
    collect() {
      this.reset();
      for (const [code, times] of Object.entries(live.counts().closed)) this.inc({ code }, times);
    },
  });
  return {
    /** Without a word from the bus since the start there is nothing to show; viewers should be sent elsewhere. */
    troubles: () => (live.hasBegun() ? [] : ["the bus has not been reached since the start"]),
    /** Viewers are shown what there is, and how old it is. */
    degraded: () => [
      ...(bus.connected() ? [] : ["the bus does not answer"]),
      ...(live.counts().epoch === null ? ["nothing has come over the bus yet"] : []),
    ],
  };
}
