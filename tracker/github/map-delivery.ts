import { createHash } from "node:crypto";
import { z } from "zod";
import type { CardMove, Delivery } from "../core/model/delivery.ts";
import type { IssueEvent } from "../core/model/event.ts";
import type { Sighting } from "../core/model/page.ts";
import { mapComment } from "./map-comment.ts";
import { account, instant, relation, repositoryOfObject } from "./map-fields.ts";
import { mapIssue } from "./map-issue.ts";
import { mapLabel } from "./map-label.ts";
import { mapMilestone } from "./map-milestone.ts";
import { readCarried } from "./map-page.ts";

/** A delivery as it arrived: its id and kind from the headers, and when it came, epoch milliseconds. */
export interface RawDelivery {
  id: string;
  event: string;
  at: number;
  payload: unknown;
}

const named = z.object({ name: z.string() });
const payloadOf = z.looseObject({
  action: z.string(),
  sender: account,
  issue: z
    .looseObject({ number: z.int().positive(), node_id: z.string().optional(), updated_at: z.string() })
    .optional(),
  label: named.nullish(),
  milestone: z.looseObject({ title: z.string() }).nullish(),
  assignee: account,
  type: named.nullish(),
  changes: z
    .looseObject({
      title: z.object({ from: z.string() }).optional(),
      new_issue: z.unknown().optional(),
      new_repository: z.unknown().optional(),
    })
    .nullish(),
});
type Payload = z.infer<typeof payloadOf>;

/** Above all ids of events, GitHub's and those made of node ids: deliveries have ids of 48 bits of their own. */
const base = 2 ** 52 + 2 ** 51;

/** The id of the event that a delivery tells of: the same whenever it is delivered. */
const eventIdOf = (delivery: string): number =>
  base + createHash("sha256").update(delivery).digest().readUIntBE(0, 6);

const nothing = (id: string): Delivery => ({
  id,
  page: { issues: [], comments: [], milestones: [], labels: [] },
  events: [],
  moves: [],
  nodes: [],
  labels: [],
  deletions: [],
  suspects: [],
});

type Issue = NonNullable<Payload["issue"]>;

/** Kinds of events by the action of an `issues` delivery that tells the same. */
const eventKinds: ReadonlyMap<string, (payload: Payload, issue: Issue) => Partial<IssueEvent> | null> =
  new Map([
    ["labeled", ({ label }) => label && { kind: "labeled", label: label.name }],
    ["unlabeled", ({ label }) => label && { kind: "unlabeled", label: label.name }],
    ["milestoned", ({ milestone }) => milestone && { kind: "milestoned", milestone: milestone.title }],
    ["demilestoned", ({ milestone }) => milestone && { kind: "demilestoned", milestone: milestone.title }],
    ["assigned", ({ assignee }) => (assignee === null ? null : { kind: "assigned", assignee })],
    ["unassigned", ({ assignee }) => (assignee === null ? null : { kind: "unassigned", assignee })],
    ["typed", ({ type }) => type && { kind: "issue_type_added", type: { from: null, to: type.name } }],
    ["untyped", ({ type }) => type && { kind: "issue_type_removed", type: { from: type.name, to: null } }],
    ["reopened", () => ({ kind: "reopened" })],
    ["closed", (_, issue) => closing(issue)],
    [
      "edited",
      ({ changes }, issue) =>
        changes?.title
          ? { kind: "renamed", rename: { from: changes.title.from, to: mapIssue(issue, 0).title } }
          : null,
    ],
  ] as [string, (payload: Payload, issue: Issue) => Partial<IssueEvent> | null][]);

function closing(raw: Issue): Partial<IssueEvent> {
  const { closedAt, stateReason } = mapIssue(raw, 0);
  return { kind: "closed", stateReason, ...(closedAt === null ? {} : { at: closedAt }) };
}

/**
 * What a delivery tells, as core values; null where it is of a kind or an action that tells nothing of a sprint. Throws
 * ZodError.
 */
export function mapDelivery(raw: RawDelivery): Delivery | null {
  const payload = payloadOf.safeParse(raw.payload);
  switch (raw.event) {
    case "issues":
      return issueDelivery(raw, payloadOf.parse(raw.payload));
    case "issue_comment":
      return commentDelivery(raw, payloadOf.parse(raw.payload));
    case "sub_issues":
    case "issue_dependencies":
      return relationDelivery(raw, raw.payload);
    case "milestone":
      return payload.data?.action === "deleted" ? deletedMilestone(raw) : milestoneDelivery(raw);
    case "label":
      return payload.data?.action === "deleted" ? deletedLabel(raw) : labelDelivery(raw);
    case "projects_v2_item":
      return cardDelivery(raw);
    default:
      return null;
  }
}

function issueDelivery({ id, at }: RawDelivery, payload: Payload): Delivery | null {
  const { action, issue, sender } = payload;
  if (issue === undefined) return null;
  const delivery = nothing(id);
  const { number, node_id: node } = issue;
  const updatedAt = instant.parse(issue.updated_at);
  if (node !== undefined) delivery.nodes.push({ id: node, means: { issue: number } });
  const gone: Sighting["found"] | null =
    action === "transferred" ? "transferred" : action === "deleted" ? "deleted" : null;
  if (gone !== null) {
    // Nothing but the delivery itself dates it.
    const { new_issue: arrived, new_repository: repository } = payload.changes ?? {};
    const to = arrived == null ? undefined : relation({ ...arrived, repository }, null);
    const where = typeof to === "string" ? { to } : {};
    delivery.page.sightings = [{ issue: number, at, since: Math.min(updatedAt, at), found: gone, ...where }];
    return delivery;
  }
  // As it stood when it was updated: evidence of no later instant.
  const page = { ...delivery.page, events: [] };
  readCarried({ ...issue, milestone: issue.milestone ?? payload.milestone }, updatedAt, page);
  if (action === "opened" || action === "edited") delivery.page.issues.push(mapIssue(issue, updatedAt));
  const told = eventKinds.get(action)?.(payload, issue) ?? null;
  if (told !== null)
    delivery.events.push({
      kind: action,
      id: eventIdOf(id),
      issue: number,
      at: updatedAt,
      actor: sender,
      ...told,
    });
  return delivery.events.length + delivery.page.issues.length > 0 ? delivery : null;
}

function commentDelivery({ id, payload }: RawDelivery, { action, issue }: Payload): Delivery {
  const delivery = nothing(id);
  const { comment } = z.looseObject({ comment: z.unknown() }).parse(payload);
  if (action !== "deleted") delivery.page.comments.push(mapComment(comment, issue?.number));
  else if (issue !== undefined) delivery.suspects.push(issue.number);
  return delivery;
}

function milestoneDelivery({ id, payload }: RawDelivery): Delivery {
  const delivery = nothing(id);
  const { milestone } = z.object({ milestone: z.looseObject({ updated_at: instant }) }).parse(payload);
  const raw = (payload as { milestone: unknown }).milestone;
  delivery.page.milestones.push(mapMilestone(raw, milestone.updated_at));
  return delivery;
}

/** Neither says when it was deleted: nothing but the delivery itself dates it. */
function deletedMilestone({ id, at, payload }: RawDelivery): Delivery {
  const shape = z.object({ milestone: z.object({ title: z.string(), created_at: instant }) });
  const { title: name, created_at: bornAt } = shape.parse(payload).milestone;
  return { ...nothing(id), deletions: [{ kind: "milestone", name, at, bornAt }] };
}

function deletedLabel({ id, at, payload }: RawDelivery): Delivery {
  const { label } = z.object({ label: named }).parse(payload);
  return { ...nothing(id), deletions: [{ kind: "label", name: label.name, at, bornAt: null }] };
}

const labelPayload = z.looseObject({
  action: z.string(),
  label: z.unknown(),
  changes: z.looseObject({ name: z.object({ from: z.string() }).optional() }).nullish(),
});

/** A label does not say when it was updated: a delivery that comes late is told by the name that it starts from. */
function labelDelivery({ id, payload, at }: RawDelivery): Delivery | null {
  const { action, label, changes } = labelPayload.parse(payload);
  const from = changes?.name?.from ?? null;
  if (action !== "created" && from === null) return null;
  return { ...nothing(id), labels: [{ label: mapLabel(label, at), from }] };
}

const related = z.looseObject({ number: z.int().positive(), updated_at: instant.optional() });
const relationPayload = z.looseObject({
  action: z.string(),
  sender: account,
  repository: z.object({ full_name: z.string() }).nullish(),
  sub_issue: related.nullish(),
  parent_issue: related.nullish(),
  blocked_issue: related.nullish(),
  blocking_issue: related.nullish(),
});

/** Told to both ends; what the end says at which GitHub keeps the event is taken. */
function relationDelivery({ id, at }: RawDelivery, raw: unknown): Delivery | null {
  const { action, sender, repository, ...ends } = relationPayload.parse(raw);
  const isParent = action.startsWith("parent_issue_");
  if (!isParent && !action.startsWith("blocked_by_")) return null;
  const own = isParent ? ends.sub_issue : ends.blocked_issue;
  const other = isParent ? ends.parent_issue : ends.blocking_issue;
  if (own == null || other == null) return null;
  const home = repository?.full_name ?? repositoryOfObject(own);
  const relationTo = relation(other, home);
  const updated = [own.updated_at, other.updated_at].filter((one) => one !== undefined);
  const delivery = nothing(id);
  delivery.events.push({
    id: eventIdOf(id),
    issue: own.number,
    at: updated.length === 0 ? at : Math.min(at, Math.max(...updated)),
    actor: sender,
    kind: action,
    ...(relationTo === undefined ? {} : { relation: relationTo }),
  });
  return delivery;
}

const option = z.object({ name: z.string() });
const iteration = z.object({
  id: z.string(),
  title: z.string(),
  start_date: z.string().nullish(),
  duration: z.number().nullish(),
});
const cardPayload = z.looseObject({
  action: z.string(),
  sender: account,
  projects_v2_item: z.object({
    content_node_id: z.string(),
    content_type: z.string(),
    project_node_id: z.string(),
    updated_at: instant,
  }),
  changes: z
    .looseObject({
      field_value: z
        .looseObject({
          field_type: z.string(),
          field_name: z.string().optional(),
          from: z.unknown().optional(),
          to: z.unknown().optional(),
        })
        .optional(),
    })
    .nullish(),
});

const hour = 3_600_000;

function cardDelivery(raw: RawDelivery): Delivery | null {
  const { id, payload } = raw;
  const { action, sender, projects_v2_item: item, changes } = cardPayload.parse(payload);
  if (item.content_type !== "Issue") return null;
  const change = changeOf(action, changes?.field_value);
  if (change === null) return null;
  const { content_node_id: issueNode, project_node_id: projectNode, updated_at: updatedAt } = item;
  // Whether every edit of a card counts as its update, GitHub does not say: what looks old is dated by its arrival.
  const at = raw.at - updatedAt <= hour ? Math.min(updatedAt, raw.at) : raw.at;
  const move: CardMove = { issueNode, projectNode, at, actor: sender, eventId: eventIdOf(id), change };
  return { ...nothing(id), moves: [move] };
}

type FieldValue = NonNullable<NonNullable<z.infer<typeof cardPayload>["changes"]>["field_value"]>;

/** Older deliveries name the field and no values: they tell nothing. */
function changeOf(action: string, field: FieldValue | undefined): CardMove["change"] | null {
  if (action === "created") return { kind: "added" };
  if (action === "deleted") return { kind: "removed" };
  if (action !== "edited" || field === undefined || field.from === undefined || field.to === undefined)
    return null;
  const name = field.field_name ?? "";
  if (field.field_type === "single_select" && name === "Status") {
    const nameOf = (raw: unknown) => option.nullable().parse(raw)?.name ?? null;
    return { kind: "status", from: nameOf(field.from), to: nameOf(field.to) };
  }
  if (field.field_type !== "iteration") return null;
  const iterationOf = (raw: unknown) => {
    const one = iteration.nullable().parse(raw);
    return (
      one && {
        id: one.id,
        field: name,
        title: one.title,
        start: one.start_date?.slice(0, 10) ?? "",
        days: one.duration ?? 0,
      }
    );
  };
  return { kind: "iteration", field: name, from: iterationOf(field.from), to: iterationOf(field.to) };
}
