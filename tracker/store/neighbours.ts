import type { IssueEvent } from "../core/model/event.ts";
import { namesOf } from "./repository.ts";
import type { Neighbours, Tables } from "./tables.ts";

export const noNeighbours: Neighbours = { parentsTold: () => new Map(), touch: () => {} };

const asOwn = new Map([
  ["sub_issue_added", "parent_issue_added"],
  ["sub_issue_removed", "parent_issue_removed"],
]);

type Known = Pick<Tables, "events" | "syncState" | "stale">;

/** `own` and `others`: asked when needed, for repositories join while the file is open. */
export function neighbours(own: () => Known, others: () => readonly Known[]): Neighbours {
  return {
    parentsTold() {
      const found = new Map<number, IssueEvent[]>();
      const names = namesOf(own());
      for (const other of others()) {
        const [theirs] = namesOf(other);
        for (const event of names.flatMap((name) => other.events.naming(`${name}#`))) {
          const kind = asOwn.get(event.kind);
          const issue = Number(String(event.relation).split("#")[1]);
          if (kind === undefined || theirs === undefined || !Number.isInteger(issue)) continue;
          const told: IssueEvent = { ...event, kind, issue, relation: `${theirs}#${event.issue}` };
          found.set(issue, [...(found.get(issue) ?? []), told]);
        }
      }
      return found;
    },
    touch(reference) {
      const [name = "", number] = reference.split("#");
      const theirs = others().find((other) =>
        namesOf(other).some((one) => one.toLowerCase() === name.toLowerCase()),
      );
      theirs?.stale.add([Number(number)]);
    },
  };
}
