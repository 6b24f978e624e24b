import { styleText } from "node:util";
import { median } from "d3-array";
import { getBorderCharacters, table } from "table";
import type { Fleet } from "../view/fleet-state.ts";
import { metricsOf } from "../view/summary.ts";
import { counted, formatValue, titleOf } from "../view/units.ts";

export interface ScreenSettings {
  color: boolean;
  /** Devices shown at most. */
  rows: number;
}

const format = (on: boolean, style: Parameters<typeof styleText>[0], text: string) =>
  on ? styleText(style, text, { validateStream: false }) : text;

/** Control characters could move the reader's cursor or change the window's title, others turn the line around. */
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\ufffd");

/** The fleet as a table of text: a row per device, and the medians. */
export function renderScreen(fleet: Fleet, { color, rows }: ScreenSettings): string {
  const metrics = metricsOf(fleet);
  const sources = [...fleet.latest.keys()].sort();
  const shown = sources.slice(0, rows);
  const head = ["device", ...metrics.map((metric) => titleOf(metric))].map((text) =>
    format(color, "bold", plain(text)),
  );
  const body = shown.map((source) => [
    plain(source),
    ...metrics.map((metric) => formatValue(metric, fleet.latest.get(source)?.get(metric)?.value)),
  ]);
  const medians = metrics.map((metric) => {
    const values = sources.flatMap((source) => fleet.latest.get(source)?.get(metric)?.value ?? []);
    return format(color, "cyan", formatValue(metric, median(values)));
  });
  const text = table([head, ...body, [format(color, "cyan", "median"), ...medians]], {
    border: getBorderCharacters("void"),
    columnDefault: { paddingLeft: 0, paddingRight: 2, alignment: "right" },
    columns: { 0: { alignment: "left" } },
    drawHorizontalLine: () => false,
  });
  const rest = sources.length - shown.length;
  return rest > 0 ? `${text}and ${counted(rest, "more device")}\n` : text;
}
