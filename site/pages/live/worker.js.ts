import type { APIRoute } from "astro";
import worker from "../../../demo/view/live-worker.js?raw";

/** Beside the live page, since its folder is the worker's scope. */
export const GET: APIRoute = () =>
  new Response(worker, { headers: { "content-type": "text/javascript; charset=utf-8" } });
