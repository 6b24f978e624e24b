import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSchema, type GraphQLSchema, graphql } from "graphql";
import { present } from "../../core/model/present.ts";
import type { ServedRepository } from "./repository.ts";

export interface ServedIteration {
  id: string;
  title: string;
  startDate: string;
  duration: number;
}

export interface ServedProject {
  number: number;
  title: string;
  statuses: string[];
  /** Iteration fields by name. */
  iterations: Record<string, ServedIteration[]>;
  /** What it says of its own status, newest first. */
  updates?: ServedUpdate[];
}

/** What somebody wrote of a project's status. */
export interface ServedUpdate {
  id: number;
  /** ISO instant. */
  at: string;
  status: "ON_TRACK" | "AT_RISK" | "OFF_TRACK" | "COMPLETE" | "INACTIVE" | null;
  startDate?: string;
  targetDate?: string;
  body: string | null;
  /** null: a deleted account. */
  author?: string | null;
}

export interface ServedCard {
  project: ServedProject;
  status: string | null;
  /** Values of number fields and choices, by the field's name. */
  fields?: Record<string, number | string>;
  /** When status and iterations were set, ISO. Default: long ago. */
  setAt?: string;
  /** Field name to the title of its iteration. */
  iterations: Record<string, string>;
}

/** An issue's fields, and how they came to be so. */
export interface ServedFields {
  values: Record<string, number | string>;
  changes: ServedFieldChange[];
}

/** What became of a field of an issue. */
export interface ServedFieldChange {
  /** ISO instant. */
  at: string;
  field: string;
  from: string | null;
  to: string | null;
}

export interface ServedChange {
  kind: "AddedToProjectV2Event" | "RemovedFromProjectV2Event" | "ProjectV2ItemStatusChangedEvent";
  /** ISO instant. */
  at: string;
  /** Null: deleted, or not for this token. */
  project: ServedProject | null;
  from?: string;
  to?: string;
}

/** Cards and changes by issue number. Tests change them to make the repository live on. */
export interface ServedProjects {
  cards: Map<number, ServedCard[]>;
  changes: Map<number, ServedChange[]>;
  /** The fields of issues and what became of them. */
  fields?: Map<number, ServedFields>;
}

export interface GraphBody {
  query: string;
  variables?: Record<string, unknown>;
}

/** Answers a question as GitHub would. */
export type GraphDouble = (body: GraphBody) => Promise<unknown>;

/** GitHub's own description of its GraphQL API. */
export function readSchema(): GraphQLSchema {
  const folder = join(createRequire(import.meta.url).resolve("github-schema/package.json"), "..");
  return buildSchema(readFileSync(join(folder, "github-schema.graphql"), "utf8"));
}

interface Page {
  first: number;
  after?: string | null;
}

function connect<T>(all: readonly T[], { first, after }: Page) {
  const from = after ? Number(Buffer.from(after, "base64url").toString()) : 0;
  const end = Math.min(all.length, from + first);
  return {
    totalCount: all.length,
    nodes: all.slice(from, end),
    pageInfo: {
      hasNextPage: end < all.length,
      endCursor: end > from ? Buffer.from(String(end)).toString("base64url") : null,
    },
  };
}

/** Every question is checked and answered by the reference implementation, over the schema that GitHub publishes. */
export function createGraph(
  schema: GraphQLSchema,
  served: ServedRepository,
  told: ServedProjects,
): GraphDouble {
  const numbers = () =>
    served.issues.filter((issue) => issue.pull_request === undefined).map((issue) => Number(issue.number));
  const issueNode = (number: number) => ({
    __typename: "Issue",
    id: `I_${number}`,
    number,
    timelineItems: (page: Page & { itemTypes: string[] }) =>
      connect(
        [
          ...(told.changes.get(number) ?? []).map((change, index) => changeNode(number, index, change)),
          ...(told.fields?.get(number)?.changes ?? []).map((change, index) =>
            fieldChangeNode(number, index, change),
          ),
        ].filter((node) => page.itemTypes.includes(screaming(node.__typename))),
        page,
      ),
    issueFieldValues: (page: Page) =>
      connect(
        Object.entries(told.fields?.get(number)?.values ?? {}).map(([name, value]) =>
          typeof value === "number"
            ? { __typename: "IssueFieldNumberValue", value, field: { __typename: "IssueFieldNumber", name } }
            : {
                __typename: "IssueFieldSingleSelectValue",
                name: value,
                field: { __typename: "IssueFieldSingleSelect", name },
              },
        ),
        page,
      ),
    projectItems: (page: Page) =>
      connect(
        (told.cards.get(number) ?? []).map((card, index) => cardNode(`I_${number}_${index}`, card)),
        page,
      ),
  });
  const node = (id: string) => {
    const [kind, number, index] = id.split("_");
    if (kind === "P") return projectNode(projectOf(told, Number(number)));
    if (index === undefined) return issueNode(Number(number));
    return cardNode(id, present(present(told.cards.get(Number(number)))[Number(index)]));
  };
  const rootValue = {
    repository: ({ owner, name }: { owner: string; name: string }) =>
      `${owner}/${name}` === served.name
        ? {
            issues: (page: Page) =>
              connect(
                numbers()
                  .sort((a, b) => a - b)
                  .map(issueNode),
                page,
              ),
          }
        : null,
    node: ({ id }: { id: string }) => node(id),
    nodes: ({ ids }: { ids: string[] }) => ids.map(node),
  };
  return ({ query, variables }) =>
    graphql({ schema, source: query, rootValue, ...(variables ? { variableValues: variables } : {}) });
}

function projectOf(told: ServedProjects, number: number): ServedProject {
  const cards = [...told.cards.values()].flat();
  return present(cards.find(({ project }) => project.number === number)).project;
}

const nameNode = ({ number, title }: ServedProject) => ({
  id: `P_${number}`,
  fullDatabaseId: String(900_000 + number),
  number,
  title,
});

const projectNode = (project: ServedProject) => ({
  __typename: "ProjectV2",
  ...nameNode(project),
  url: `https://github.invalid/orgs/team/projects/${project.number}`,
  closed: false,
  statusUpdates: (page: Page) => connect((project.updates ?? []).map(updateNode), page),
  field: { __typename: "ProjectV2SingleSelectField", options: project.statuses.map((name) => ({ name })) },
  fields: (page: Page) =>
    connect(
      [
        { __typename: "ProjectV2Field" },
        ...Object.entries(project.iterations).map(([name, list]) => ({
          __typename: "ProjectV2IterationField",
          name,
          configuration: { iterations: list.slice(1), completedIterations: list.slice(0, 1) },
        })),
      ],
      page,
    ),
});

const updateNode = ({ id, at, author = "ana", ...rest }: ServedUpdate) => ({
  __typename: "ProjectV2StatusUpdate",
  id: `U_${id}`,
  fullDatabaseId: String(id),
  createdAt: at,
  updatedAt: at,
  creator: author === null ? null : { __typename: "User", login: author },
  ...rest,
});

const iterationNode = ({ id: iterationId, ...rest }: ServedIteration) => ({ iterationId, ...rest });

const fieldChangeNode = (number: number, index: number, { at, field, from, to }: ServedFieldChange) => ({
  __typename:
    from === null
      ? "IssueFieldAddedEvent"
      : to === null
        ? "IssueFieldRemovedEvent"
        : "IssueFieldChangedEvent",
  id: `F_${number}_${index}`,
  createdAt: at,
  actor: { __typename: "User", login: "ana" },
  issueField: { __typename: "IssueFieldNumber", name: field },
  value: to,
  previousValue: from,
  newValue: to,
});

function cardNode(
  id: string,
  { project, status, iterations, fields = {}, setAt = "2020-01-01T00:00:00Z" }: ServedCard,
) {
  const values = Object.entries(iterations).map(([field, title]) => ({
    __typename: "ProjectV2ItemFieldIterationValue",
    ...iterationNode(present(present(project.iterations[field]).find((one) => one.title === title))),
    updatedAt: setAt,
    field: { __typename: "ProjectV2IterationField", name: field },
  }));
  const others = Object.entries(fields).map(([name, value]) =>
    typeof value === "number"
      ? {
          __typename: "ProjectV2ItemFieldNumberValue",
          number: value,
          updatedAt: setAt,
          field: { __typename: "ProjectV2Field", name },
        }
      : {
          __typename: "ProjectV2ItemFieldSingleSelectValue",
          name: value,
          updatedAt: setAt,
          field: { __typename: "ProjectV2SingleSelectField", name },
        },
  );
  return {
    __typename: "ProjectV2Item",
    id,
    project: nameNode(project),
    fieldValueByName: ({ name }: { name: string }) =>
      name === "Status" && status !== null
        ? { __typename: "ProjectV2ItemFieldSingleSelectValue", name: status, updatedAt: setAt }
        : null,
    fieldValues: (page: Page) =>
      connect([{ __typename: "ProjectV2ItemFieldTextValue" }, ...values, ...others], page),
  };
}

const changeNode = (number: number, index: number, { kind, at, project, from, to }: ServedChange) => ({
  __typename: kind,
  id: `E_${number}_${index}`,
  createdAt: at,
  actor: { __typename: "User", login: "ana" },
  project: project === null ? null : nameNode(project),
  previousStatus: from ?? "",
  status: to ?? "",
});

/** The name of a type as the enumeration of timeline items spells it. */
const screaming = (name: string): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z])/g, "_").toUpperCase();
