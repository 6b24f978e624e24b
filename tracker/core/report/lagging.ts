import type { Report } from "../model/report.ts";

/** Repositories of which a report knows less than of the others; `asOf` null: nothing. Of a single one, none. */
export function laggingIn({
  repositories = [],
  asOf,
}: Pick<Report, "repositories" | "asOf">): NonNullable<Report["repositories"]> {
  return repositories.filter((one) => one.asOf === null || one.asOf < asOf);
}
