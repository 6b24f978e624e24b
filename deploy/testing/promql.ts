import { parser } from "@prometheus-io/lezer-promql";

/** What a PromQL expression asks for. */
export interface Query {
  metrics: string[];
  labels: string[];
  /** Where it cannot be parsed: places in the text. */
  errors: number[];
}

/** Reads an expression with Prometheus' own grammar. */
export function readQuery(text: string): Query {
  const query: Query = { metrics: [], labels: [], errors: [] };
  parser.parse(text).iterate({
    enter({ type, name, from, to, node }) {
      if (type.isError) query.errors.push(from);
      const found = text.slice(from, to);
      if (name === "Identifier" && node.parent?.name === "VectorSelector") query.metrics.push(found);
      if (name === "LabelName") query.labels.push(found);
    },
  });
  return query;
}
