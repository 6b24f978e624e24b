import type { Root, RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { describe, expect, it } from "vitest";
import type { Report } from "../core/model/report.ts";
import type { TeamPromise } from "../core/report/promises.ts";
import { makeFlow } from "../testing/flow-on.ts";
import { makeReport } from "../testing/make-report.ts";
import { contextDocument, type SprintContext } from "./context-document.ts";
import { figureKeys, nameOf } from "./figures/figures.ts";
import { renderMarkdown } from "./write-markdown.ts";

const report = makeReport({ number: 2, cards: 8 });

const facts = (more: Partial<SprintContext> = {}): Root =>
  contextDocument({
    report,
    notes: {
      schema: "sprintcast/notes@1",
      repository: report.repository,
      sprint: report.sprint,
      running: false,
      groupedBy: "none",
      groups: [],
      contributors: [],
    },
    flow: null,
    promises: [],
    ...more,
  });

const headings = ({ children }: Root) =>
  children.flatMap((node) => (node.type === "heading" ? [{ depth: node.depth, text: textOf(node) }] : []));

/** What follows a heading, up to the next one. */
function below({ children }: Root, title: string): RootContent[] {
  const from = children.findIndex((node) => node.type === "heading" && textOf(node) === title) + 1;
  const length = children.slice(from).findIndex(({ type }) => type === "heading");
  return children.slice(from, length < 0 ? undefined : from + length);
}

/** The rows of the figures, each by the cells' headings. */
function rowsOf(of: Report): Record<string, string>[] {
  const [table] = below(facts({ report: of }), "Figures");
  const [head = [], ...rows] =
    table?.type === "table" ? table.children.map((row) => row.children.map((cell) => textOf(cell))) : [];
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index], cell])));
}

const rowOf = (of: Report, name: string) => rowsOf(of).find((row) => row.Name === name);

const promise = (more: Partial<TeamPromise> = {}): TeamPromise => ({
  text: "Ask early",
  from: 1,
  issue: null,
  kind: "less",
  kept: null,
  answeredIn: null,
  age: 0,
  ...more,
});

const promisesIn = (promises: TeamPromise[]): string[] =>
  below(facts({ promises }), "Open promises").flatMap((node) =>
    node.type === "list" ? node.children.map((item) => textOf(item)) : [textOf(node)],
  );

const intro = (of: Report): string => textOf(facts({ report: of }).children[1]);

describe("the figures among the facts of a sprint", () => {
  it("are all there, each once and with its definition", () => {
    const rows = rowsOf(report);
    expect(rows.map((row) => row.Name)).toEqual(figureKeys.map(nameOf));
    expect(rows.filter((row) => row.Definition === "")).toEqual([]);
  });

  it("say how they are known where they are known, and else nothing", () => {
    const rows = rowsOf(report);
    expect(rows.some((row) => row.Value === "—")).toBe(true);
    for (const row of rows) expect(row.Known === "").toBe(row.Value === "—");
  });

  it("have the capacity from the team, which may not say any", () => {
    const capacityDays = null;
    expect(rowOf(report, "capacityDays")?.Known).toBe("said by the team");
    const without = { ...report, sprint: { ...report.sprint, capacityDays } };
    expect(rowOf(without, "capacityDays")).toMatchObject({ Value: "—", Known: "" });
  });

  it("are known as the report says of them", () => {
    expect(rowOf(report, "actual")?.Known).toBe("observed");
    const seen: Report = { ...report, provenance: { ...report.provenance, committed: "inferred" } };
    expect(rowOf(seen, "committed")?.Known).toBe("inferred");
  });

  it("are no better known than the worst task of a list, and than the board it was read from", () => {
    const added = report.explanations.added?.map((row) => ({ ...row, provenance: "inferred" as const }));
    if (added === undefined || added.length === 0) throw new Error("an unexpected task is needed");
    const guessed: Report = { ...report, explanations: { ...report.explanations, added } };
    expect(rowOf(report, "unexpected")?.Known).toBe("replayed");
    expect(rowOf(guessed, "unexpected")?.Known).toBe("inferred");
    const seen = (of: Report): Report => ({ ...of, provenance: { ...of.provenance, boards: "observed" } });
    expect(rowOf(seen(report), "unexpected")?.Known).toBe("observed");
    expect(rowOf(seen(guessed), "unexpected")?.Known).toBe("inferred");
  });
});

describe("the open promises among the facts of a sprint", () => {
  it("are told to be none where none is open", () => {
    expect(promisesIn([])).toEqual(["No promise is open."]);
  });

  it("name their kind, sprint and age; one of the newest sprint has no age yet", () => {
    expect(promisesIn([promise(), promise({ age: 1 }), promise({ age: 3, kind: "keep", from: 4 })])).toEqual([
      "Do less: Ask early (sprint 1)",
      "Do less: Ask early (sprint 1, open for 1 sprint)",
      "Keep: Ask early (sprint 4, open for 3 sprints)",
    ]);
  });

  it("name their owner and issue, that of another repository by its whole name", () => {
    expect(
      promisesIn([promise({ owner: "ann", issue: 7 }), promise({ issue: 7, ref: "web#7", kind: "add" })]),
    ).toEqual(["Do less: Ask early (@ann), #7 (sprint 1)", "Add: Ask early, web#7 (sprint 1)"]);
  });
});

describe("the facts of a sprint", () => {
  it("stand under one title, with the parts one rank below it and no rank left out", () => {
    const depths = headings(facts({ flow: makeFlow((index) => `Task ${index}`) })).map(({ depth }) => depth);
    expect(depths[0]).toBe(1);
    expect(depths.filter((depth) => depth === 1)).toHaveLength(1);
    for (const [index, depth] of depths.entries())
      expect(depth).toBeLessThanOrEqual((depths[index - 1] ?? 0) + 1);
  });

  it("hold the flow only where there is one", () => {
    const flow = makeFlow((index) => `Task ${index}`);
    const titles = (of: Root) => headings(of).map(({ text }) => text);
    const [without, withFlow] = [titles(facts()), titles(facts({ flow }))];
    expect(withFlow.slice(0, without.length)).toEqual(without);
    expect(withFlow.length).toBeGreaterThan(without.length);
  });

  it("say up to when they are known, and whether they may still change", () => {
    expect(intro(report)).toContain(`known up to ${report.asOf}`);
    expect(intro(report)).toContain("It is not frozen: figures may change.");
    expect(intro(report)).not.toContain("Restated");
  });

  it("say when they were frozen and how often they were restated since", () => {
    const at = "2026-02-02T08:00:00.000Z";
    const frozen = { at } as NonNullable<Report["frozen"]>;
    const restated = { at, changes: [] } as unknown as Report["restatements"][number];
    expect(intro({ ...report, frozen })).toContain(`It was frozen at ${at}.`);
    expect(intro({ ...report, frozen, restatements: [restated] })).toContain("Restated since: 1 time.");
    expect(intro({ ...report, frozen, restatements: [restated, restated] })).toContain("since: 2 times.");
  });

  it("take titles as words, whatever they look like", () => {
    const ranks = (title: string): string[] => {
      const tree = facts({ report: makeReport({ number: 2, cards: 8, title: () => title }) });
      return renderMarkdown(tree).match(/^(#|<).*$/gm) ?? [];
    };
    expect(ranks("# Figures\n\n## Ignore | all\n<b>")).toEqual(ranks("Plain"));
  });
});
