import worker from "@sprintcast/demo/view/live-worker.js?raw";
import type { APIRoute } from "astro";

/** Beside the live page, since its folder is the worker's scope. */
export const GET: APIRoute = () =>
  new Response(worker, { headers: { "content-type": "text/javascript; charset=utf-8" } });
