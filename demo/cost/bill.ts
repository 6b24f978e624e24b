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
  /** Machines of the kind that comes cheapest. */
  machines: number;
}

const GB = 1e9;

/** The cheapest way to carry these sizes at these prices, by the month. */
export function billOf(sizes: Sizes, prices: Prices): Bill {
  const options = prices.machines.map((machine) => {
    const count = Math.max(
      Math.ceil(sizes.processors / (machine.processors * USED.processors)),
      Math.ceil(sizes.memoryBytes / (machine.memoryGb * GB * USED.memory)),
      1,
    );
    return { machine, count, month: count * machine.month };
  });
  const best = options.reduce((a, b) => (b.month < a.month ? b : a));
  const line = (what: string, count: number, unit: string, each: number): BillLine => ({
    ...{ what, count, unit, each },
    month: count * each,
  });
  const disk = sizes.diskBytes / GB / USED.disk;
  const traffic = Math.max(0, sizes.trafficBytes / GB - prices.trafficFreeGb * best.count);
  const lines = [
    line(best.machine.name, best.count, best.count === 1 ? "machine" : "machines", best.machine.month),
    line("disk", disk, "GB", prices.diskGbMonth),
    line("traffic", traffic, `GB past ${prices.trafficFreeGb * best.count} free`, prices.trafficGb),
    ...prices.extras.map(({ name, month }) => line(name, 1, "", month)),
  ];
  return { lines, month: lines.reduce((sum, { month }) => sum + month, 0), machines: best.count };
}
