import { parse, specifiedRules, validate } from "graphql";
import { expect, test } from "vitest";
import { readSchema } from "../testing/github/graph.ts";
import * as fieldQueries from "./issue-field-queries.ts";
import * as queries from "./project-queries.ts";

const schema = readSchema();
const faults = (query: string) =>
  validate(schema, parse(query), specifiedRules).map(({ message }) => message);

test.each(Object.entries({ ...queries, ...fieldQueries }))(
  "%s asks for nothing that GitHub's schema does not have",
  (_, query) => {
    expect(faults(query)).toEqual([]);
  },
);

test("the check can fail", () => {
  expect(faults(queries.changesQuery.replace("previousStatus", "formerStatus"))).toEqual([
    expect.stringContaining('Cannot query field "formerStatus"'),
  ]);
});
