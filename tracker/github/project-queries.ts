import { issuesQuery, moreOfIssueQuery } from "./issue-questions.ts";

/** What is read of a card. The built-in field is called Status; a project has at most 50 fields in all. */
const placement = /* GraphQL */ `
  fragment placement on ProjectV2Item {
    id
    project { id fullDatabaseId number title }
    status: fieldValueByName(name: "Status") {
      ... on ProjectV2ItemFieldSingleSelectValue { name updatedAt }
    }
    fieldValues(first: 50) {
      pageInfo { hasNextPage endCursor }
      nodes { ...iteration }
    }
  }
  fragment iteration on ProjectV2ItemFieldValue {
    ... on ProjectV2ItemFieldIterationValue {
      iterationId
      title
      startDate
      duration
      updatedAt
      field { ... on ProjectV2IterationField { name } }
    }
    ... on ProjectV2ItemFieldNumberValue {
      number
      updatedAt
      field { ... on ProjectV2Field { name } }
    }
    ... on ProjectV2ItemFieldSingleSelectValue {
      option: name
      updatedAt
      field { ... on ProjectV2SingleSelectField { name } }
    }
  }`;

const change = /* GraphQL */ `
  fragment change on IssueTimelineItems {
    __typename
    ... on ProjectV2ItemStatusChangedEvent {
      id
      createdAt
      actor { login }
      project { fullDatabaseId number title }
      previousStatus
      status
    }
    ... on AddedToProjectV2Event {
      id
      createdAt
      actor { login }
      project { fullDatabaseId number title }
    }
    ... on RemovedFromProjectV2Event {
      id
      createdAt
      actor { login }
      project { fullDatabaseId number title }
    }
  }`;

const kinds =
  "[PROJECT_V2_ITEM_STATUS_CHANGED_EVENT, ADDED_TO_PROJECT_V2_EVENT, REMOVED_FROM_PROJECT_V2_EVENT]";

/** A page of issues, each with what happened to it in projects and its cards now. */
export const placementsQuery = issuesQuery(
  "placements",
  `timelineItems(first: 50, itemTypes: ${kinds}) {
    pageInfo { hasNextPage endCursor }
    nodes { ...change }
  }
  projectItems(first: 5) {
    pageInfo { hasNextPage endCursor }
    nodes { ...placement }
  }`,
  change + placement,
);

/** More of one issue's changes. */
export const changesQuery = moreOfIssueQuery(
  "changes",
  `timelineItems(first: 100, after: $after, itemTypes: ${kinds})`,
  "change",
  change,
);

/** More of one issue's cards. */
export const cardsQuery = moreOfIssueQuery(
  "cards",
  "projectItems(first: 50, after: $after)",
  "placement",
  placement,
);

/** More of one card's fields. */
export const fieldsQuery = /* GraphQL */ `
  query fields($id: ID!, $after: String!) {
    node(id: $id) {
      ... on ProjectV2Item {
        fieldValues(first: 50, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { ...iteration }
        }
      }
    }
  }
  ${placement.slice(placement.indexOf("fragment iteration"))}`;

const update = /* GraphQL */ `
  fragment update on ProjectV2StatusUpdate {
    fullDatabaseId
    createdAt
    updatedAt
    creator { login }
    status
    startDate
    targetDate
    body
  }`;

const updates = /* GraphQL */ `
        statusUpdates(first: 20) {
          pageInfo { hasNextPage endCursor }
          nodes { ...update }
        }`;

/** More of what a project says of its own status. */
export const updatesQuery = /* GraphQL */ `
  query updates($id: ID!, $after: String!) {
    node(id: $id) {
      ... on ProjectV2 {
        statusUpdates(first: 50, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { ...update }
        }
      }
    }
  }
  ${update}`;

const offered = (more: string) => /* GraphQL */ `
  query projects($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on ProjectV2 {
        id
        fullDatabaseId
        number
        title
        url
        closed
        status: field(name: "Status") {
          ... on ProjectV2SingleSelectField { options { name } }
        }
        fields(first: 50) {
          nodes {
            ... on ProjectV2IterationField {
              name
              configuration {
                iterations { id title startDate duration }
                completedIterations { id title startDate duration }
              }
            }
          }
        }
        ${more}
      }
    }
  }`;

/** What projects offer: the options of Status, and all iterations; and what they say of their own status. */
export const projectsQuery = offered(updates) + update;

/** The same of a GitHub that knows no updates of a project's status. */
export const silentProjectsQuery = offered("");
