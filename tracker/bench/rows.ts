/** One measured figure. `aim` is what the product promises, in words. */
export interface BenchRow {
  what: string;
  value: number;
  unit: string;
  aim: string | null;
}

export function row(what: string, value: number, unit: string, aim: string | null = null): BenchRow {
  return { what, value: Math.round(value * 100) / 100, unit, aim };
}
