import { present } from "../../core/model/present.ts";
import { randomOf } from "../random.ts";
import { wholeComment, wholeEvent, wholeIssue, wholeMilestone, wholeReference } from "./objects.ts";
import type { ServedRepository } from "./repository.ts";
import type { Sent } from "./webhooks.ts";

type Json = Record<string, unknown>;

const minute = 60_000;

const labels = ["size: S", "size: M", "freezebox", "technical debt"];

/**
 * A repository that lives on: each thing that happens changes what is served, and is told by a webhook. The same life
 * for the same seed.
 */
export class LivelyTeam {
  readonly served: ServedRepository;
  readonly #seed: number;
  readonly #random: () => number;
  readonly #milestones = [1, 2].map((number) =>
    present(wholeMilestone({ number, title: `Sprint ${number}`, updated_at: "2026-02-01T00:00:00Z" })),
  );
  #clock = Date.parse("2026-02-02T08:00:00Z");
  #counter = 1000;

  constructor(name: string, seed: number) {
    this.served = { name, issues: [], events: [], comments: [], milestones: [], labels: [] };
    this.#seed = seed;
    this.#random = randomOf(seed);
  }

  now = (): number => this.#clock;

  /** Something happens, some minutes later. */
  live(): Sent {
    this.#clock += (2 + this.#below(30)) * minute;
    const { issues } = this.served;
    if (issues.length < 2 || this.#random() < 0.15) return this.#open();
    const issue = this.#pick(issues);
    issue.updated_at = this.#iso();
    const change = this.#pick([
      this.#relabel,
      this.#closeOrReopen,
      this.#moveToMilestone,
      this.#rename,
      this.#assign,
      this.#retype,
      this.#comment,
      this.#block,
    ]);
    return change.call(this, issue);
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #iso(): string {
    return new Date(this.#clock).toISOString().replace(".000", "");
  }

  #deliver(event: string, payload: Json): Sent {
    this.#counter += 1;
    const told = { sender: { login: "ana" }, repository: { full_name: this.served.name }, ...payload };
    // As it stood then: what is served changes later.
    const sent = JSON.parse(JSON.stringify(told));
    return { id: `delivery-${this.#seed}-${this.#counter}`, event, payload: sent };
  }

  #tell(issue: Json, kind: string, payload: Json): void {
    this.#counter += 1;
    const at = { created_at: this.#iso(), actor: { login: "ana" } };
    this.served.events.push(wholeEvent({ id: this.#counter, event: kind, ...at, ...payload }, issue));
  }

  #open(): Sent {
    const number = this.served.issues.length + 1;
    const at = { created_at: this.#iso(), updated_at: this.#iso() };
    const raw = { number, title: `Task ${number}`, state: "open", ...at, node_id: `I_${number}` };
    const issue = wholeIssue({ ...raw, user: { login: "ana" }, body: "" }, false);
    this.served.issues.push(Object.assign(issue, { type: null }));
    return this.#deliver("issues", { action: "opened", issue });
  }

  #relabel(issue: Json): Sent {
    const name = this.#pick(labels);
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
    this.#tell(issue, had ? "unlabeled" : "labeled", { label });
    return this.#deliver("issues", { action: had ? "unlabeled" : "labeled", issue, label });
  }

  #closeOrReopen(issue: Json): Sent {
    const isOpen = issue.state === "open";
    const reason = isOpen ? this.#pick(["completed", "not_planned"]) : "reopened";
    Object.assign(issue, {
      state: isOpen ? "closed" : "open",
      state_reason: reason,
      closed_at: isOpen ? this.#iso() : null,
    });
    this.#tell(issue, isOpen ? "closed" : "reopened", isOpen ? { state_reason: reason } : {});
    return this.#deliver("issues", { action: isOpen ? "closed" : "reopened", issue });
  }

  #moveToMilestone(issue: Json): Sent {
    const before = issue.milestone as Json | null;
    const milestone = present(before ?? this.#pick(this.#milestones));
    issue.milestone = before === null ? milestone : null;
    const kind = before === null ? "milestoned" : "demilestoned";
    this.#tell(issue, kind, { milestone });
    return this.#deliver("issues", { action: kind, issue, milestone });
  }

  #rename(issue: Json): Sent {
    const from = issue.title;
    issue.title = `Task ${String(issue.number)}, take ${this.#below(9)} of ${this.#counter}`;
    this.#tell(issue, "renamed", { rename: { from, to: issue.title } });
    return this.#deliver("issues", { action: "edited", issue, changes: { title: { from } } });
  }

  #assign(issue: Json): Sent {
    const login = this.#pick(["ana", "ben"]);
    const list = issue.assignees as Json[];
    const had = list.some((one) => one.login === login);
    const { assignees } = wholeIssue({ ...issue, assignees: [{ login }] }, false);
    const assignee = present((assignees as Json[])[0]);
    issue.assignees = had ? list.filter((one) => one.login !== login) : [...list, assignee];
    issue.assignee = (issue.assignees as Json[])[0] ?? null;
    this.#tell(issue, had ? "unassigned" : "assigned", { assignee });
    return this.#deliver("issues", { action: had ? "unassigned" : "assigned", issue, assignee });
  }

  #retype(issue: Json): Sent {
    const before = issue.type as Json | null;
    const type =
      before === null ? { id: 1, node_id: "T", name: this.#pick(["Bug", "Task"]), description: null } : null;
    issue.type = type;
    if (type !== null) this.#tell(issue, "issue_type_added", { issue_type: type });
    else this.#tell(issue, "issue_type_removed", { prev_issue_type: before });
    return this.#deliver("issues", {
      action: type === null ? "untyped" : "typed",
      issue,
      type: type ?? before,
    });
  }

  #comment(issue: Json): Sent {
    this.#counter += 1;
    const raw = {
      id: this.#counter,
      created_at: this.#iso(),
      updated_at: this.#iso(),
      user: { login: "ben" },
      body: `/spend ${1 + this.#below(4)}h`,
    };
    const comment = wholeComment(
      raw,
      `https://api.github.com/repos/${this.served.name}/issues/${String(issue.number)}`,
    );
    this.served.comments.push(comment);
    issue.comments = Number(issue.comments) + 1;
    return this.#deliver("issue_comment", { action: "created", issue, comment });
  }

  #block(issue: Json): Sent {
    const other = this.#pick(this.served.issues);
    if (other === issue) return this.#deliver("issues", { action: "pinned", issue });
    const waits = (issue.waits as number[] | undefined) ?? [];
    const number = Number(other.number);
    const had = waits.includes(number);
    Object.defineProperty(issue, "waits", {
      value: had ? waits.filter((one) => one !== number) : [...waits, number],
      configurable: true,
    });
    const kind = had ? "blocked_by_removed" : "blocked_by_added";
    this.#tell(issue, kind, { blocked_by: wholeReference(this.served.name, number) });
    return this.#deliver("issue_dependencies", { action: kind, blocked_issue: issue, blocking_issue: other });
  }
}
