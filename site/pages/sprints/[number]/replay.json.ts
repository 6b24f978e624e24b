import type { APIRoute, GetStaticPaths } from "astro";
import type { Report } from "sprintcast/report";
import { loadSite } from "../../../data/site.ts";
import { replayOf, reportsAt } from "../../../data/sprint-pages.ts";

export const getStaticPaths: GetStaticPaths = async () => reportsAt(await loadSite(), "sprints");

/** What the board player of a sprint's page plays. */
export const GET: APIRoute<{ report: Report }> = async ({ props }) =>
  Response.json(replayOf(await loadSite(), props.report));
