const UNITS: ReadonlyMap<string, string> = new Map([
  ["temperature", "°C"],
  ["humidity", "%"],
  ["power", "W"],
  ["battery", "%"],
]);

export function unitOf(metric: string): string {
  return UNITS.get(metric) ?? "";
}

export function titleOf(metric: string): string {
  return metric.charAt(0).toUpperCase() + metric.slice(1);
}

/** 1 device, 2 devices. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** A value with as many digits as its size deserves, and its unit; "—" where there is none. */
export function formatValue(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return "—";
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  const unit = unitOf(metric);
  return `${value.toFixed(digits)}${unit ? `\u00a0${unit}` : ""}`;
}
