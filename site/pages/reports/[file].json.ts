import type { APIRoute, GetStaticPaths } from "astro";
import type { Report } from "sprintcast/report";
import { loadSite } from "../../data/site.ts";
import { twoDigits } from "../../view-models/urls.ts";

export const getStaticPaths: GetStaticPaths = async () => {
  const { reports } = await loadSite();
  return reports.map((report) => ({ params: { file: twoDigits(report.sprint.number) }, props: { report } }));
};

export const GET: APIRoute<{ report: Report }> = ({ props }) => Response.json(props.report);
