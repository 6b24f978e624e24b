import sprintcast from "@sprintcast/site";
import { defineConfig } from "astro/config";

export default defineConfig({ integrations: [sprintcast()] });
