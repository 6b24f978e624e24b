import type { Prices } from "./prices.ts";
import type { Sizes } from "./sizes.ts";

/** How much of a machine is used, so that a restart, a storm of viewers and growth have their room. */
export const USED = { processors: 0.6, memory: 0.75, disk: 0.7 } as const;

export interface BillLine {
  what: string;
  count: number;
  unit: string;
  each: number;
  month: number;
}

export interface Bill {
  lines: BillLine[];
  month: number;
  /** Machines of the kind with which all of it comes cheapest. */
  machines: number;
}

const GB = 1e9;

/** The cheapest way to carry these sizes at these prices, by the month: traffic may be free with each machine. */
export function billOf(sizes: Sizes, prices: Prices): Bill {
  return prices.machines
    .map((machine) => billWith(machine, sizes, prices))
    .reduce((a, b) => (b.month < a.month ? b : a));
}

function billWith(machine: Prices["machines"][number], sizes: Sizes, prices: Prices): Bill {
  const machines = Math.max(
    Math.ceil(sizes.processors / (machine.processors * USED.processors)),
    Math.ceil(sizes.memoryBytes / (machine.memoryGb * GB * USED.memory)),
    1,
  );
  const line = (what: string, count: number, unit: string, each: number): BillLine => ({
    ...{ what, count, unit, each },
    month: count * each,
  });
  const disk = sizes.diskBytes / GB / USED.disk;
  const free = prices.trafficFreeGb * machines;
  const lines = [
    line(machine.name, machines, machines === 1 ? "machine" : "machines", machine.month),
    line("disk", disk, "GB", prices.diskGbMonth),
    line("traffic", Math.max(0, sizes.trafficBytes / GB - free), `GB past ${free} free`, prices.trafficGb),
    ...prices.extras.map(({ name, month }) => line(name, 1, "", month)),
  ];
  return { lines, month: lines.reduce((sum, { month }) => sum + month, 0), machines };
}
