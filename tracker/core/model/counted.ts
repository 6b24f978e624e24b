// What rounds to 0 has no sign.
const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 2, signDisplay: "negative" });

/** A number to the hundredth with a true minus sign, in groups of three: 8.2, 1,200, −0.5. */
export const numeral = (amount: number): string => grouped.format(amount).replace("-", "−");

/** An amount with its noun: 1 task, 2 tasks, 1,200 events, 1 day, 0.5 days. What prints as 1 or −1 is one. */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${numeral(amount)} ${nounFor(amount, one, many)}`;
}

/** The noun alone, where the amount stands elsewhere. */
export const nounFor = (amount: number, one: string, many = `${one}s`): string =>
  grouped.format(Math.abs(amount)) === "1" ? one : many;
