import { present } from "../../core/model/present.ts";
import { randomOf } from "../random.ts";
import { wholeComment, wholeEvent, wholeIssue, wholeMilestone, wholeReference } from "./objects.ts";
import type { ServedRepository } from "./repository.ts";
import type { Sent } from "./webhooks.ts";

type Json = Record<string, unknown>;

const minute = 60_000;

/** A repository that lives on: each thing that happens changes what is served, and is told by a webhook. */
export interface LivelyTeam {
  served: ServedRepository;
  now: () => number;
  /** Something happens, some minutes later. */
  live(): Sent;
}

const labels = ["size: S", "size: M", "freezebox", "technical debt"];

/** The same life for the same seed. */
export function livelyTeam(name: string, seed: number): LivelyTeam {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let clock = Date.parse("2026-02-02T08:00:00Z");
  let counter = 1000;
  const milestones = [1, 2].map((number) =>
    present(wholeMilestone({ number, title: `Sprint ${number}`, updated_at: "2026-02-01T00:00:00Z" })),
  );
  const served: ServedRepository = { name, issues: [], events: [], comments: [], milestones: [], labels: [] };
  const iso = () => new Date(clock).toISOString().replace(".000", "");
  const deliver = (event: string, payload: Json): Sent => {
    counter += 1;
    const told = { sender: { login: "ana" }, repository: { full_name: name }, ...payload };
    // As it stood then: what is served changes later.
    return { id: `delivery-${seed}-${counter}`, event, payload: JSON.parse(JSON.stringify(told)) };
  };
  const tell = (issue: Json, kind: string, payload: Json) => {
    counter += 1;
    const event = { id: counter, event: kind, created_at: iso(), actor: { login: "ana" }, ...payload };
    served.events.push(wholeEvent(event, issue));
  };
  const open = (): Sent => {
    const number = served.issues.length + 1;
    const raw = { number, title: `Task ${number}`, state: "open", created_at: iso(), updated_at: iso() };
    const issue = wholeIssue({ ...raw, node_id: `I_${number}`, user: { login: "ana" }, body: "" }, false);
    served.issues.push(Object.assign(issue, { type: null }));
    return deliver("issues", { action: "opened", issue });
  };
  const changes: ((issue: Json) => Sent)[] = [
    (issue) => {
      const name = pick(labels);
      const list = issue.labels as Json[];
      const had = list.some((one) => one.name === name);
      const label = {
        id: labels.indexOf(name) + 1,
        name,
        color: "ededed",
        node_id: "",
        url: "",
        description: null,
        default: false,
      };
      issue.labels = had ? list.filter((one) => one.name !== name) : [...list, label];
      tell(issue, had ? "unlabeled" : "labeled", { label });
      return deliver("issues", { action: had ? "unlabeled" : "labeled", issue, label });
    },
    (issue) => {
      const isOpen = issue.state === "open";
      const reason = isOpen ? pick(["completed", "not_planned"]) : "reopened";
      Object.assign(issue, {
        state: isOpen ? "closed" : "open",
        state_reason: reason,
        closed_at: isOpen ? iso() : null,
      });
      tell(issue, isOpen ? "closed" : "reopened", isOpen ? { state_reason: reason } : {});
      return deliver("issues", { action: isOpen ? "closed" : "reopened", issue });
    },
    (issue) => {
      const before = issue.milestone as Json | null;
      const milestone = present(before ?? pick(milestones));
      issue.milestone = before === null ? milestone : null;
      const kind = before === null ? "milestoned" : "demilestoned";
      tell(issue, kind, { milestone });
      return deliver("issues", { action: kind, issue, milestone });
    },
    (issue) => {
      const from = issue.title;
      issue.title = `Task ${String(issue.number)}, take ${below(9)} of ${counter}`;
      tell(issue, "renamed", { rename: { from, to: issue.title } });
      return deliver("issues", { action: "edited", issue, changes: { title: { from } } });
    },
    (issue) => {
      const login = pick(["ana", "ben"]);
      const list = issue.assignees as Json[];
      const had = list.some((one) => one.login === login);
      const { assignees } = wholeIssue({ ...issue, assignees: [{ login }] }, false);
      const assignee = present((assignees as Json[])[0]);
      issue.assignees = had ? list.filter((one) => one.login !== login) : [...list, assignee];
      issue.assignee = (issue.assignees as Json[])[0] ?? null;
      tell(issue, had ? "unassigned" : "assigned", { assignee });
      return deliver("issues", { action: had ? "unassigned" : "assigned", issue, assignee });
    },
    (issue) => {
      const before = issue.type as Json | null;
      const type =
        before === null ? { id: 1, node_id: "T", name: pick(["Bug", "Task"]), description: null } : null;
      issue.type = type;
      if (type !== null) tell(issue, "issue_type_added", { issue_type: type });
      else tell(issue, "issue_type_removed", { prev_issue_type: before });
      return deliver("issues", { action: type === null ? "untyped" : "typed", issue, type: type ?? before });
    },
    (issue) => {
      counter += 1;
      const raw = {
        id: counter,
        created_at: iso(),
        updated_at: iso(),
        user: { login: "ben" },
        body: `/spend ${1 + below(4)}h`,
      };
      const comment = wholeComment(
        raw,
        `https://api.github.com/repos/${name}/issues/${String(issue.number)}`,
      );
      served.comments.push(comment);
      issue.comments = Number(issue.comments) + 1;
      return deliver("issue_comment", { action: "created", issue, comment });
    },
    (issue) => {
      const other = pick(served.issues);
      if (other === issue) return deliver("issues", { action: "pinned", issue });
      const waits = (issue.waits as number[] | undefined) ?? [];
      const number = Number(other.number);
      const had = waits.includes(number);
      Object.defineProperty(issue, "waits", {
        value: had ? waits.filter((one) => one !== number) : [...waits, number],
        configurable: true,
      });
      const kind = had ? "blocked_by_removed" : "blocked_by_added";
      tell(issue, kind, { blocked_by: wholeReference(name, number) });
      return deliver("issue_dependencies", { action: kind, blocked_issue: issue, blocking_issue: other });
    },
  ];
  return {
    served,
    now: () => clock,
    live() {
      clock += (2 + below(30)) * minute;
      if (served.issues.length < 2 || random() < 0.15) return open();
      const issue = pick(served.issues);
      issue.updated_at = iso();
      return pick(changes)(issue);
    },
  };
}
