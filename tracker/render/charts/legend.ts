import type { Element } from "hast";
import { s } from "hastscript";
import { ink } from "./ink.ts";
import { line, text } from "./svg.ts";

export interface LegendItem {
  mark: "dot" | "line" | "box";
  fill: string;
  opacity?: number;
  label: string;
}

/** Room above the plot for a legend below the unit of the axis. */
export const legendTop = 50;

const baseline = 30;
const letter = 6.6;

/** What the marks of a chart mean, one beside the other above its plot. */
export function legend(items: readonly LegendItem[]): Element[] {
  let x = 0;
  return items.flatMap(({ mark, fill, opacity = 1, label }) => {
    const [at, middle] = [x, baseline - 4.5];
    x += 36 + label.length * letter;
    const drawn =
      mark === "dot"
        ? s("circle", { cx: at + 7, cy: middle, r: 4.5, fill })
        : mark === "line"
          ? line(at, middle, at + 14, middle, fill, { strokeWidth: 2 })
          : s("rect", { x: at, y: middle - 5.5, width: 14, height: 11, fill, fillOpacity: opacity });
    return [drawn, text(at + 20, baseline, label, { fill: ink.quiet })];
  });
}
