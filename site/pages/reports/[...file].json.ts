import type { APIRoute, GetStaticPaths } from "astro";
import type { Report } from "sprintcast/report";
import { loadSite } from "../../data/site.ts";

export const getStaticPaths: GetStaticPaths = async () => {
  const { reports, sprintPaths } = await loadSite();
  return reports.map((report) => ({
    params: { file: sprintPaths.json(report.sprint).slice("/reports/".length, -".json".length) },
    props: { report },
  }));
};

export const GET: APIRoute<{ report: Report }> = ({ props }) => Response.json(props.report);
