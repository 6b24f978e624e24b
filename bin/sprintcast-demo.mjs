#!/usr/bin/env node
import { launch } from "./launch.mjs";

await launch("sprintcast-demo", new URL("../demo/cli/cli.ts", import.meta.url));
