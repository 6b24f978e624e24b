import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createDemoApp } from "../../demo/app/app.ts";
import { readQuery } from "../testing/promql.ts";
import dashboard from "./dashboard.json" with { type: "json" };

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

const read = (file: string) => readFile(new URL(file, import.meta.url), "utf8");
/** Made by Prometheus for every target. */
const OF_EVERY_TARGET = { metrics: ["up"], labels: ["job", "instance"] };

let rules: Rule[];
let served: { metrics: Set<string>; labels: Set<string> };
let text: string;

beforeAll(async () => {
  rules = parse(await read("alerts.yaml")).groups.flatMap((group: { rules: Rule[] }) => group.rules);
  const folder = await mkdtemp(join(tmpdir(), "monitoring-"));
  const token = "operators-know-this";
  const app = await createDemoApp({ values: { db: join(folder, "demo.db"), operatorToken: token } });
  text = (await app.inject({ url: "/metrics", headers: { authorization: `Bearer ${token}` } })).body;
  await app.close();
  await rm(folder, { recursive: true });
  served = {
    metrics: new Set(OF_EVERY_TARGET.metrics),
    labels: new Set([...OF_EVERY_TARGET.labels, "code"]),
  };
  for (const [, name = "", kind] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    const parts = kind === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const part of parts) served.metrics.add(`${name}${part}`);
    if (kind === "histogram") served.labels.add("le");
  }
  expect(served.metrics.size).toBeGreaterThan(40);
});

/** What is wrong with an expression, against what the programs serve. */
function faults(expr: string): string[] {
  const { metrics, labels, errors } = readQuery(expr);
  return [
    ...errors.map((at) => `cannot be read at ${at}: ${expr}`),
    ...(metrics.length === 0 ? [`asks for nothing: ${expr}`] : []),
    ...metrics.filter((name) => !served.metrics.has(name)).map((name) => `no metric ${name}`),
    ...labels.filter((name) => !served.labels.has(name)).map((name) => `no label ${name}`),
  ];
}

describe("what finds faults", () => {
  it("finds a metric or label that is none, and what is no PromQL", () => {
    expect(faults('sum by (code) (rate(sprintcast_eater_lines_rejected_total{job="x"}[5m])) > 1')).toEqual(
      [],
    );
    expect(faults("sum(rate(sprintcast_eater_readings_total[5m]))")).toEqual([
      "no metric sprintcast_eater_readings_total",
    ]);
    expect(faults("sum by (reason) (sprintcast_live_closed_total)")).toEqual(["no label reason"]);
    expect(faults("sum(rate(up[5m])")).toEqual([expect.stringContaining("cannot be read")]);
    expect(faults("sprintcast_eater_commit_seconds > 1")).toEqual([
      "no metric sprintcast_eater_commit_seconds",
    ]);
  });
});

describe("the alert rules", () => {
  it("ask for what the programs serve", () => {
    for (const { alert, expr } of rules) expect([alert, faults(expr)]).toEqual([alert, []]);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it("look for counts that are there before they rise: an increase from nothing is none to Prometheus", () => {
    const counts = rules.flatMap(({ expr }) => expr.match(/\w+_total\{[^}]+\}/g) ?? []);
    expect(counts.length).toBeGreaterThan(1);
    for (const count of counts) expect(text).toContain(`${count} 0\n`);
  });

  it("say how bad it is, what it means, and where the runbook tells what to do", async () => {
    const headings = [...(await read("../runbook.md")).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const { labels, annotations, for: time = "1m" } of rules) {
      expect(["critical", "warning"]).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(20);
      expect(time).toMatch(/^\d+m$/);
      expect(headings).toContain(annotations.runbook.replace("runbook.md#", ""));
    }
  });
});

describe("the dashboard", () => {
  it("asks for what the programs serve, whatever process is chosen", () => {
    const queries = dashboard.panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => [title, expr.replaceAll("$instance", ".*")] as const),
    );
    expect(queries.length).toBeGreaterThan(20);
    for (const [title, expr] of queries) expect([title, faults(expr)]).toEqual([title, []]);
  });

  it("shows every figure of ours that an operator is served", () => {
    const shown = new Set(
      dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => readQuery(expr).metrics)),
    );
    const inAlerts = new Set(rules.flatMap(({ expr }) => readQuery(expr).metrics));
    const base = (name: string) => name.replace(/_(bucket|sum|count)$/, "");
    const known = new Set([...shown, ...inAlerts].map(base));
    const ours = [...served.metrics].filter((name) => name.startsWith("sprintcast_")).map(base);
    const left = [...new Set(ours)].filter((name) => !known.has(name));
    // Told by others: failures to publish by the lag, refused bodies by their lines, series by --live-series.
    expect(left).toEqual([
      "sprintcast_eater_bodies_refused_total",
      "sprintcast_eater_publish_failures_total",
      "sprintcast_live_series",
    ]);
  });

  it("has panels that lie beside each other", () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
