import { issuesQuery, moreOfIssueQuery } from "./issue-questions.ts";

const change = /* GraphQL */ `
  fragment change on IssueTimelineItems {
    __typename
    ... on IssueFieldAddedEvent {
      id
      createdAt
      actor { login }
      issueField { ...named }
      value
    }
    ... on IssueFieldChangedEvent {
      id
      createdAt
      actor { login }
      issueField { ...named }
      previousValue
      newValue
    }
    ... on IssueFieldRemovedEvent {
      id
      createdAt
      actor { login }
      issueField { ...named }
    }
  }
  fragment named on IssueFields {
    ... on IssueFieldCommon { name }
  }`;

const kinds = "[ISSUE_FIELD_ADDED_EVENT, ISSUE_FIELD_CHANGED_EVENT, ISSUE_FIELD_REMOVED_EVENT]";

/** A page of issues, each with the values of its fields now and what became of them. */
export const issueFieldsQuery = issuesQuery(
  "issueFields",
  `timelineItems(first: 50, itemTypes: ${kinds}) {
    pageInfo { hasNextPage endCursor }
    nodes { ...change }
  }
  issueFieldValues(first: 50) {
    nodes {
      ... on IssueFieldNumberValue { number: value field { ...named } }
      ... on IssueFieldSingleSelectValue { option: name field { ...named } }
      ... on IssueFieldTextValue { text: value field { ...named } }
    }
  }`,
  change,
);

/** More of one issue's changes. */
export const fieldChangesQuery = moreOfIssueQuery(
  "fieldChanges",
  `timelineItems(first: 100, after: $after, itemTypes: ${kinds})`,
  "change",
  change,
);
