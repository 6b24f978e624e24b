/** The value, which the code around it knows to be there. Throws TypeError where it is not: a fault of ours. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new TypeError("a value that must be there is not");
  return value;
}

/** The last of a list that is known not to be empty. */
export const lastOf = <T>(list: readonly T[]): T => present(list.at(-1));
