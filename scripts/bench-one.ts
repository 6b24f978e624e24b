import { present } from "../tracker/core/model/present.ts";
import { type Asked, benchmarks } from "./benchmarks.ts";

/** The child process of one benchmark: its name and what is asked of it as arguments, its rows as a message to the parent. */
const [name = "", asked = ""] = process.argv.slice(2);
const rows = await present(benchmarks[name])(JSON.parse(asked) as Asked);
process.send?.(rows, () => process.exit(0));
