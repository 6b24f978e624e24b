/** The GraphQL question for a page of issues: `fields` of $first of them after $after, the oldest first. */
export const issuesQuery = (name: string, fields: string, fragments: string) => /* GraphQL */ `
  query ${name}($owner: String!, $name: String!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          number
          ${fields}
        }
      }
    }
  }
  ${fragments}`;

/** The GraphQL question for more of what issue $id holds in `connection`, which names $after. */
export const moreOfIssueQuery = (
  name: string,
  connection: string,
  node: string,
  fragments: string,
) => /* GraphQL */ `
  query ${name}($id: ID!, $after: String!) {
    node(id: $id) {
      ... on Issue {
        ${connection} {
          pageInfo { hasNextPage endCursor }
          nodes { ...${node} }
        }
      }
    }
  }
  ${fragments}`;
