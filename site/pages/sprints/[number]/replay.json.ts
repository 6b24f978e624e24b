import type { APIRoute, GetStaticPaths } from "astro";
import type { Report } from "sprintcast/report";
import { replayOf, reportsAt } from "../../../data/sprint-pages.ts";

export const getStaticPaths: GetStaticPaths = () => reportsAt("sprints");

/** What the board player of a sprint's page plays. */
export const GET: APIRoute<{ report: Report }> = async ({ props }) =>
  Response.json(await replayOf(props.report));
