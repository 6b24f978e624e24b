import { z } from "zod";
import type { IssueEvent } from "../core/model/event.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import type { Placement, ProjectObservation, ProjectUpdateObservation } from "../core/model/project.ts";
import { changeOf, eventIds } from "./issue-change.ts";
import { instant, numberText, wholeNumber } from "./map-fields.ts";

/** GitHub's 64-bit ids come as text. */
const bigId = z.union([z.string().regex(/^\d{1,15}$/), z.int()]).transform(Number);
const project = z.object({ fullDatabaseId: bigId, number: wholeNumber, title: z.string() });
const status = z.object({ name: z.string().nullish(), updatedAt: instant.optional() }).nullish();
const iteration = z.object({ title: z.string(), startDate: z.iso.date(), duration: z.int().positive() });
const field = z.object({ name: z.string().optional() });

const kinds = {
  ProjectV2ItemStatusChangedEvent: "project_v2_item_status_changed",
  AddedToProjectV2Event: "added_to_project_v2",
  RemovedFromProjectV2Event: "removed_from_project_v2",
} as const;

const change = changeOf(kinds).extend({
  project: project.nullish(),
  previousStatus: z.string().nullish(),
  status: z.string().nullish(),
});

/** Fields of other kinds come as empty objects. */
const value = z.union([
  iteration.extend({ iterationId: z.string(), field, updatedAt: instant.optional() }),
  z.object({ number: z.number().nullable(), updatedAt: instant.optional(), field }),
  z.object({ option: z.string().nullable(), updatedAt: instant.optional(), field }),
  z.strictObject({}).transform(() => null),
]);

const placed = z.object({
  id: z.string(),
  number: wholeNumber,
  timelineItems: z.object({ nodes: z.array(change) }),
  projectItems: z.object({
    nodes: z.array(
      z.object({
        project: project.extend({ id: z.string() }),
        status,
        fieldValues: z.object({ nodes: z.array(value.nullable()) }),
      }),
    ),
  }),
});

const offeredIteration = iteration.extend({ id: z.string() });
const offered = project.extend({
  url: z.string(),
  closed: z.boolean(),
  status: z.object({ options: z.array(z.object({ name: z.string() })).default([]) }).nullish(),
  fields: z.object({
    nodes: z.array(
      z
        .object({
          name: z.string().optional(),
          configuration: z
            .object({ iterations: z.array(offeredIteration), completedIterations: z.array(offeredIteration) })
            .optional(),
        })
        .nullable(),
    ),
  }),
});

const statusUpdate = z.object({
  fullDatabaseId: bigId,
  createdAt: instant,
  updatedAt: instant,
  creator: z.object({ login: z.string() }).nullish(),
  status: z.string().nullish(),
  startDate: z.iso.date().nullish(),
  targetDate: z.iso.date().nullish(),
  body: z.string().nullish(),
});

const saying = z.object({ statusUpdates: z.object({ nodes: z.array(statusUpdate) }).optional() });

/**
 * Reads one issue with its changes and its cards into `page`; hands back how many changes name no project, because
 * it was deleted or the token may not see it. Throws ZodError.
 */
export function readPlacement(raw: unknown, observedAt: number, page: HistoryPage): number {
  const { id, number, timelineItems, projectItems } = placed.parse(raw);
  const projects = projectItems.nodes.map((card) => ({
    id: card.project.id,
    means: { project: nameOf(card.project) },
  }));
  page.nodes = [...(page.nodes ?? []), { id, means: { issue: number } }, ...projects];
  const named = timelineItems.nodes.filter((one) => one.project != null);
  const ids = eventIds(named);
  page.events.push(...named.map((one, index) => eventOf(one, number, present(ids[index]))));
  const placements = projectItems.nodes.map((card): Placement => {
    const values = card.fieldValues.nodes.filter((one) => one !== null);
    const iterations = values.filter((one) => "iterationId" in one);
    const others = values.flatMap((one) => {
      const value = "number" in one ? one.number : "option" in one ? one.option : null;
      const { name } = one.field;
      // The built-in Status stands by itself.
      return value === null || name === undefined || name === "Status"
        ? []
        : [{ name, value: typeof value === "number" ? numberText(value) : value, at: one.updatedAt }];
    });
    const named = card.status?.name || null;
    return {
      project: nameOf(card.project),
      status: named,
      iterations: iterations.map((one) => iterationOf({ ...one, id: one.iterationId }, one.field.name)),
      ...(others.length === 0
        ? {}
        : { fields: Object.fromEntries(others.map(({ name, value }) => [name, value])) }),
      setAt: {
        ...(others.length === 0
          ? {}
          : {
              fields: Object.fromEntries(
                others.flatMap(({ name, at }) => (at === undefined ? [] : [[name, at]])),
              ),
            }),
        ...(named === null ? {} : { status: card.status?.updatedAt }),
        iterations: Object.fromEntries(
          iterations.flatMap((one) =>
            one.updatedAt === undefined ? [] : [[one.field.name ?? "", one.updatedAt]],
          ),
        ),
      },
    };
  });
  // In one order, so that an equal look is an equal observation.
  placements.sort((a, b) => a.project.id - b.project.id);
  for (const one of placements) one.iterations.sort((a, b) => (a.field < b.field ? -1 : 1));
  page.placements = [...(page.placements ?? []), { number, observedAt, placements }];
  return timelineItems.nodes.length - named.length;
}

/** Reads what a project offers, and what it says of its own status, into `page`. Throws ZodError. */
export function readProject(raw: unknown, observedAt: number, page: HistoryPage): void {
  const project = mapProject(raw, observedAt);
  const { statusUpdates } = saying.parse(raw);
  const updates = statusUpdates?.nodes.map(
    (one): ProjectUpdateObservation => ({
      id: one.fullDatabaseId,
      observedAt,
      project: project.id,
      at: one.createdAt,
      updatedAt: one.updatedAt,
      author: one.creator?.login ?? null,
      status: one.status ?? null,
      startDate: one.startDate ?? null,
      targetDate: one.targetDate ?? null,
      body: one.body ?? "",
    }),
  );
  const ids = updates?.map(({ id }) => id).sort((a, b) => a - b);
  page.projects = [...(page.projects ?? []), { ...project, ...(ids === undefined ? {} : { updates: ids }) }];
  page.projectUpdates = [...(page.projectUpdates ?? []), ...(updates ?? [])];
}

/** What a project offers. Throws ZodError. */
export function mapProject(raw: unknown, observedAt: number): ProjectObservation {
  const { url, closed, status: field, fields, ...name } = offered.parse(raw);
  return {
    ...nameOf(name),
    observedAt,
    url,
    closed,
    statuses: field?.options.map((option) => option.name) ?? [],
    iterations: fields.nodes.flatMap((one) =>
      one?.configuration === undefined
        ? []
        : [...one.configuration.completedIterations, ...one.configuration.iterations].map((it) =>
            iterationOf(it, one.name),
          ),
    ),
  };
}

function eventOf(one: z.infer<typeof change>, issue: number, id: number): IssueEvent {
  const kind = kinds[one.__typename];
  const { id: projectId, number, title } = nameOf(present(one.project));
  return {
    id,
    issue,
    at: one.createdAt,
    actor: one.actor,
    kind,
    status: {
      project: title,
      id: projectId,
      number,
      from: one.previousStatus || null,
      to: one.status || null,
    },
  };
}

const nameOf = ({ fullDatabaseId: id, number, title }: z.infer<typeof project>) => ({ id, number, title });

const iterationOf = (one: z.infer<typeof offeredIteration>, name = "") => ({
  id: one.id,
  field: name,
  title: one.title,
  start: one.startDate,
  days: one.duration,
});
