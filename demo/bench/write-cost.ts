import { writeFile } from "node:fs/promises";
import { benchCost } from "./cost.ts";

// Measures on this machine, and writes down what `sprintcast-demo cost` then counts with.
const measured = await benchCost();
const rounded = Object.fromEntries(
  Object.entries(measured).map(([key, value]) => [
    key,
    typeof value === "number" ? Number(value.toPrecision(3)) : value,
  ]),
);
await writeFile(new URL("../cost/measured.json", import.meta.url), `${JSON.stringify(rounded, null, 2)}\n`);
