import type { APIRoute } from "astro";
import picture from "../assets/video.svg?raw";

export const GET: APIRoute = () => new Response(picture, { headers: { "content-type": "image/svg+xml" } });
