import type { APIRoute } from "astro";
import picture from "../assets/icon.svg?raw";

export const GET: APIRoute = () => new Response(picture, { headers: { "content-type": "image/svg+xml" } });
