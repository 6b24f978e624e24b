import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { run } from "../../program.ts";
import { openStore } from "../../store/open.ts";
import { post, webhookSecret } from "../../testing/github/webhooks.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { exampleDeliveries, repositoryOf } from "../../testing/receiver-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

describe("the command", () => {
  const io = (env: Record<string, string>, more: object = {}) =>
    quietIo({ cwd: temporaryFolder(), now: 0, env, ...more });

  test.each([
    [[], {}, "SPRINTCAST_WEBHOOK_SECRET is not set"],
    [[], { SPRINTCAST_WEBHOOK_SECRET: "short" }, "shorter than 8"],
    [["--port", "http"], { SPRINTCAST_WEBHOOK_SECRET: webhookSecret }, "--port"],
    [["--port", "70000"], { SPRINTCAST_WEBHOOK_SECRET: webhookSecret }, "--port"],
    [["--path", "webhook"], { SPRINTCAST_WEBHOOK_SECRET: webhookSecret }, "--path"],
    [["--path", "/healthz"], { SPRINTCAST_WEBHOOK_SECRET: webhookSecret }, "--path"],
    [[], { SPRINTCAST_WEBHOOK_SECRET: webhookSecret }, "there is no database"],
  ])("listen %j with %j is wrong usage", async (args, env, words) => {
    const quiet = io(env);
    expect(await run(["listen", ...args], quiet, "0")).toBe(2);
    expect(quiet.printed.err).toContain(words);
    expect(quiet.printed.err).not.toContain("short\n");
  });

  test("listens until it is stopped, and prints each delivery as JSON; the secret nowhere", async () => {
    const stop = new AbortController();
    const listening = Promise.withResolvers<string>();
    const quiet = io({ SPRINTCAST_WEBHOOK_SECRET: webhookSecret });
    const good = present(exampleDeliveries.find(({ event }) => event === "issues"));
    const db = join(quiet.cwd, "history.db");
    const store = openStore(db);
    store.setRepository(present(repositoryOf(good)));
    store.close();
    const watching = {
      ...quiet,
      signal: stop.signal,
      err: (text: string) => {
        quiet.err(text);
        const origin = /listening at (\S+)/.exec(text)?.[1];
        if (origin !== undefined) listening.resolve(origin);
      },
    };
    const ended = run(["listen", "--port", "0", "--path", "/github", "--db", db, "--json"], watching, "0");
    const url = await listening.promise;
    expect(url).toMatch(/\/github$/);
    expect((await post(url, good)).outcome).toBe("kept");
    const taken = new URL(url).port;
    const second = io({ SPRINTCAST_WEBHOOK_SECRET: webhookSecret });
    expect(await run(["listen", "--port", taken, "--db", db], second, "0")).toBe(2);
    expect(second.printed.err).toContain("EADDRINUSE");
    stop.abort();
    expect(await ended).toBe(0);
    expect(JSON.parse(quiet.printed.out)).toMatchObject({ schema: "sprintcast/delivery@1", outcome: "kept" });
    expect(quiet.printed.out + quiet.printed.err + readFileSync(db, "latin1")).not.toContain(webhookSecret);
  });
});
