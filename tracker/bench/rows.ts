/** One measured figure. `aim` is what the product promises, in words. `ratio`: against the yardstick of the same run. */
export interface BenchRow {
  what: string;
  value: number;
  unit: string;
  aim: string | null;
  ratio: number | null;
}

export function row(
  what: string,
  value: number,
  unit: string,
  aim: string | null = null,
  ratio: number | null = null,
): BenchRow {
  return { what, value: Math.round(value * 100) / 100, unit, aim, ratio };
}
