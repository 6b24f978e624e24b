/**
 * A condition for SQL: whether a text may say effort (`/spend` and its kin). Partial indexes hold it, so it must stay
 * deterministic and as it is; a wider one needs indexes of its own.
 */
export const mayBeEffort = (column: string): string =>
  `(instr(lower(${column}), '/spen') > 0 OR instr(${column}, '\uFF0F') > 0 OR instr(lower(${column}), 'time_spent') > 0)`;
