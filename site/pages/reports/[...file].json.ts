import type { APIRoute, GetStaticPaths } from "astro";
import type { Report } from "sprintcast/report";
import { loadSite } from "../../data/site.ts";

export const getStaticPaths: GetStaticPaths = async () => {
  const { published, sprintPaths } = await loadSite();
  return published.map((report) => ({
    params: { file: sprintPaths.json(report.sprint).slice("/reports/".length, -".json".length) },
    props: { report },
  }));
};

export const GET: APIRoute<{ report: Report }> = ({ props }) => Response.json(props.report);
