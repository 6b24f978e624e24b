/** An age in words: "now", "4 s", "3 min", "2 h". Ages below zero, of clocks ahead, count as now. */
export function formatAge(ms: number): string {
  if (ms < 2000) return "now";
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
