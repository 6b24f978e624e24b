import { expect, it } from "vitest";
import { unknown } from "../format.ts";
import { renderExplanation } from "./explain.ts";

it("tells what no report knows from what is none", () => {
  const one = {
    sprint: 3,
    figure: "debtDropped",
    definition: "A ledger.",
    rows: [],
    timeZone: "UTC",
  } as const;
  const told = (value: string) => renderExplanation({ ...one, rows: [], value });
  expect(told(unknown)).toContain("The report does not know it.");
  expect(told(unknown)).not.toContain("no issues");
  expect(told("0")).toContain("It is based on no issues.");
});
