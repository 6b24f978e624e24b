const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar from `from` to `to` on a scale where `highest` fills `width` terminal columns, exact to an eighth of one. */
export function barText(from: number, to: number, highest: number, width: number): string {
  if (highest <= 0 || Math.abs(to - from) < 0.005) return "";
  const column = (value: number) => Math.round((Math.max(0, Math.min(value, highest)) / highest) * width * 8);
  const [low, high] = [column(Math.min(from, to)), column(Math.max(from, to))];
  // Block characters refine only right edges, so a bar begins at a whole column.
  const first = Math.round(low / 8);
  const length = Math.max(0, high - first * 8);
  const full = "█".repeat(Math.floor(length / 8));
  const rest = eighths[length % 8] ?? "";
  const seen = full + rest === "" ? "▏" : full + rest;
  return " ".repeat(first) + seen;
}
