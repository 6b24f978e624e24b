import type { Flow, Report } from "sprintcast/report";
import { makeFlow, makeReport } from "sprintcast/testing";
import { english } from "sprintcast/words";
import { expect, it } from "vitest";
import { flowLinks } from "./flow-links.ts";

const report = (asOf: string, team?: string): Report => {
  const made = makeReport({ number: 3, cards: 2 });
  return { ...made, asOf, sprint: { ...made.sprint, ...(team === undefined ? {} : { team }) } };
};
const flow: Flow = makeFlow(String);
const { start, end } = report("").sprint;
const paths = (flows: Flow[], one: Report) => flowLinks(flows, one, english).map(({ path }) => path);

it("leads from a sprint that runs to its forecast and its ageing work", () => {
  expect(paths([flow], report(start))).toEqual(["/flow/#forecast", "/flow/#ageing"]);
  expect(paths([{ ...flow, forecast: undefined }], report(start))).toEqual(["/flow/#ageing"]);
});

it("leads to the part of the sprint's own team", () => {
  const flows = ["red", "blue"].map((team) => ({ ...flow, team }));
  expect(paths(flows, report(start, "blue"))).toEqual(["/flow/#forecast-2", "/flow/#ageing-2"]);
});

it("leads nowhere from a sprint that is over, nor where its team has no flow", () => {
  expect(paths([flow], report(end))).toEqual([]);
  expect(paths([{ ...flow, team: "red" }], report(start, "blue"))).toEqual([]);
  expect(paths([], report(start))).toEqual([]);
});
