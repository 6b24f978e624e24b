import { present } from "../tracker/core/model/present.ts";
import { type Asked, benchmarks } from "./benchmarks.ts";

/** The child process of one benchmark: its name and what is asked of it as arguments, its rows as a message to the parent. */
// Of a group of its own, so that the servers it has started end with it where its parent was killed.
process.once("disconnect", () => process.kill(-process.pid, "SIGKILL"));
const [name = "", asked = ""] = process.argv.slice(2);
const rows = await present(benchmarks[name])(JSON.parse(asked) as Asked);
process.send?.(rows, () => process.exit(0));
