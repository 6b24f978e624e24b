import { envOf, type OptionKey, options, parseOption } from "../../demo/options/options.ts";
import type { Program } from "../../demo/options/spec.ts";

/** The option that an environment variable sets. */
function keyOf(name: string): OptionKey | undefined {
  return (Object.keys(options) as OptionKey[]).find((key) => envOf(key) === name);
}

/**
 * What is wrong with the variables that a deployment gives to a program: an option that is none, that the program
 * does not have, or whose value it refuses. A value that is filled in later, null here, is not looked at.
 */
export function wrongVariables(
  program: Program,
  variables: Readonly<Record<string, string | number | null>>,
): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const key = keyOf(name);
    if (!key) return [`${name}: no option`];
    if (!(options[key].programs as readonly Program[]).includes(program))
      return [`${name}: none of ${program}`];
    if (value === null) return [];
    try {
      parseOption(key, `${value}`);
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : error}`];
    }
  });
}
