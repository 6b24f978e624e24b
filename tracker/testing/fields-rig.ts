import { commandLine, january, serveProjects, team } from "./project-rig.ts";

export interface Told {
  effort: {
    committed: number;
    reestimated: number;
    final: number;
    actual: number | null;
    spentElsewhere: number;
    unestimated: { final: number };
  };
  corrections: { number: number; correction: number }[];
  spentElsewhere: { number: number; actualDays: number }[];
  changes: { number: number; kind: string; what: string; eventId: number | null }[];
  explanations: Record<string, { number: number; days: number; why: string; eventId: number | null }[]>;
  provenance: Record<string, string>;
}

/**
 * A team of six with these settings, synced on 20 January: issues 1, 3 and 5 are in the sprint of 5 to 18
 * January. `notes`: what the sync said beside its result.
 */
export async function syncedFields(settings: string, change: (rig: ReturnType<typeof team>) => void) {
  const rig = team(6);
  change(rig);
  const double = await serveProjects(rig, { now: () => Date.parse(january(20)) });
  const sizes = "sizes: { S: 0.1, M: 0.5, L: 1 }\n";
  const line = commandLine(double, { settings: `${settings}\n${sizes}`, sprint: "milestone: Sprint 1\n" });
  const code = await line.call("sync");
  const notes = line.io.printed.err;
  if (code !== 0) throw new Error(notes);
  const json = async <T>(...args: string[]): Promise<T> => {
    await line.call(...args, "--json");
    return line.out() as T;
  };
  return { ...line, json, double, notes };
}
