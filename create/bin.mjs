#!/usr/bin/env node
// Only in this checkout, where programs are TypeScript; a package's bin is the compiled program itself.
import { launch } from "../bin/launch.mjs";

await launch("create-sprintcast", new URL("./cli.ts", import.meta.url));
