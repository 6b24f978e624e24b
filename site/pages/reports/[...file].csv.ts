import type { APIRoute, GetStaticPaths } from "astro";
import { reportCsv } from "sprintcast/render";
import type { Report } from "sprintcast/report";
import { loadSite } from "../../data/site.ts";

export const getStaticPaths: GetStaticPaths = async () => {
  const { published, sprintPaths } = await loadSite();
  return published.map((report) => ({
    params: { file: sprintPaths.csv(report.sprint).slice("/reports/".length, -".csv".length) },
    props: { report },
  }));
};

export const GET: APIRoute<{ report: Report }> = ({ props }) =>
  new Response(reportCsv(props.report), { headers: { "content-type": "text/csv; charset=utf-8" } });
