import { present } from "../tracker/core/model/present.ts";
import { benchmarks } from "./benchmarks.ts";

/** The child process of one benchmark: its name, `quick` or `full`, and minutes as arguments, its rows as a message to the parent. */
const [name = "", size, minutes] = process.argv.slice(2);
const rows = await present(benchmarks[name])(size === "quick", minutes ? Number(minutes) : null);
process.send?.(rows, () => process.exit(0));
