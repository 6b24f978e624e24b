#!/usr/bin/env node
import { launch } from "./launch.mjs";

await launch("sprintcast", new URL("../tracker/cli.ts", import.meta.url));
