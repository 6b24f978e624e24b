import { readBills } from "../../content/bills/read-bills.ts";
import type { Content } from "../../content/read.ts";
import { SprintcastError } from "../../errors.ts";
import { counted } from "../../render/format.ts";
import type { Check } from "./check.ts";

/** Whether the bills can be read, each line that cannot; nothing where the team has no budget. */
export async function checkBudget({ dir, settings }: Content): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { budget } of [settings, ...settings.teams]) {
    if (budget === undefined) continue;
    try {
      const bills = await readBills(dir, budget);
      const read = bills.filter(({ charges }) => charges.length > 0).length;
      if (read > 0)
        checks.push({
          name: "budget",
          verdict: "fine",
          found: `${counted(read, "bill")} read`,
        });
      for (const { file, line, text } of bills.flatMap(({ remarks }) => remarks))
        checks.push({
          name: "budget",
          verdict: "look",
          found: `${file}${line === null ? "" : `:${line}`}: ${text}`,
        });
    } catch (error) {
      if (!(error instanceof SprintcastError)) throw error;
      checks.push({ name: "budget", verdict: "mend", found: error.message, ...hintOf(error) });
    }
  }
  return checks;
}

const hintOf = ({ hint }: SprintcastError) => (hint === undefined ? {} : { hint });
