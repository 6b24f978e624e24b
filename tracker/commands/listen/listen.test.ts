import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { run } from "../../program.ts";
import { openHistoryFile, openStore } from "../../store/open.ts";
import { post, type Sent, webhookSecret } from "../../testing/github/webhooks.ts";
import { cardIn, roadmap, serveProjects, sync, team, teamName, told } from "../../testing/project-rig.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { contentOf } from "../../testing/sync-rig.ts";
import { createReceiver, type Told } from "./receiver.ts";

const names = [
  "issues",
  "issue_comment",
  "milestone",
  "label",
  "sub_issues",
  "projects_v2_item",
  "issue_dependencies",
];
type Example = { name: string; examples: Record<string, unknown>[] };
const require = createRequire(import.meta.url);
const folder = join(fileURLToPath(import.meta.resolve("@octokit/webhooks-examples/package.json")), "..");
const all = ["api.github.com", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"].flatMap((source) =>
  (require(join(folder, source, "index.json")) as Example[])
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, examples }) =>
      examples.map((payload, nth): Sent => ({ id: `${source} ${name} ${nth}`, event: name, payload })),
    ),
);
const repositoryOf = ({ payload }: Sent) =>
  (payload as { repository?: { full_name: string } }).repository?.full_name ?? null;

function temporary(): string {
  const made = mkdtempSync(join(tmpdir(), "sprintcast-listen-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A receiver over a file that holds these repositories. */
async function receiver(repositories: readonly string[], now = () => Date.parse("2026-06-01T00:00:00Z")) {
  const path = join(temporary(), "history.db");
  const file = openHistoryFile(path, { busyTimeout: 50 });
  for (const name of repositories) file.storeFor(name).setRepository(name);
  const log: Told[] = [];
  const app = createReceiver(file, {
    secret: webhookSecret,
    path: "/",
    now,
    onDelivery: (one) => void log.push(one),
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await app.close();
    file.close();
  });
  return { url, file, path, log };
}

describe("what GitHub gives as examples of its deliveries", () => {
  test("is taken, every one, once", async () => {
    const repositories = [...new Set(all.flatMap((sent) => repositoryOf(sent) ?? []))];
    const { url, file, log } = await receiver(repositories);
    expect(all.length).toBeGreaterThan(80);
    for (const sent of all) {
      const first = await post(url, sent);
      expect([200, 202], `${sent.id}: ${JSON.stringify(log.at(-1))}`).toContain(first.status);
      expect(["kept", "nothing"]).toContain(first.outcome);
      const again = await post(url, sent);
      expect(again.outcome).toBe(first.outcome === "kept" ? "known" : "nothing");
    }
    const kept = Object.groupBy(
      log.filter(({ outcome }) => outcome === "kept"),
      ({ event, action }) => `${event} ${action}`,
    );
    expect(Object.keys(kept).sort()).toEqual([
      "issue_comment created",
      "issue_comment deleted",
      "issue_comment edited",
      "issues assigned",
      "issues deleted",
      "issues demilestoned",
      "issues edited",
      "issues labeled",
      "issues milestoned",
      "issues opened",
      "issues reopened",
      "issues transferred",
      "issues unassigned",
      "issues unlabeled",
      "label created",
      "milestone closed",
      "milestone created",
    ]);
    for (const store of file.stores()) store.refresh();
    const codertocat = present(file.find("Codertocat/Hello-World"));
    expect(codertocat.commentsOf([1, 2]).length).toBeGreaterThan(0);
    expect(codertocat.goneIssues().map(({ found }) => found)).toContain("deleted");
  });

  test("of a repository that the database does not hold is named, and leaves no trace", async () => {
    const { url, file } = await receiver(["acme/other"]);
    const own = all.filter((sent) => repositoryOf(sent) !== null && sent.event === "issues");
    for (const sent of own) expect(["other", "nothing"]).toContain((await post(url, sent)).outcome);
    expect(present(file.find("acme/other")).knownIssues()).toEqual([]);
  });
});

describe("what is no delivery of GitHub's", () => {
  const good = present(all.find(({ event }) => event === "issues"));
  const repository = present(repositoryOf(good));

  test.each<[string, Parameters<typeof post>[2]]>([
    ["no signature", { signature: "" }],
    ["a wrong signature", { signature: `sha256=${"0".repeat(64)}` }],
    ["a signature of another form", { signature: "sha1=abc" }],
  ])("%s is refused, and leaves no trace", async (_, more) => {
    const { url, file, log } = await receiver([repository]);
    expect(await post(url, good, more)).toEqual({ status: 401, outcome: "refused" });
    expect(log).toEqual([{ outcome: "refused", id: "", event: "", action: null, repository: null }]);
    // The same delivery, rightly signed, is still new.
    expect((await post(url, good)).outcome).toBe("kept");
    expect(file.stores()).toHaveLength(1);
  });

  test("a body that was changed on the way is refused", async () => {
    const { url } = await receiver([repository]);
    const { sign } = await import("@octokit/webhooks-methods");
    const signature = await sign(webhookSecret, JSON.stringify(good.payload));
    const body = JSON.stringify(good.payload).replace("Codertocat", "Mallory");
    expect((await post(url, good, { signature, body })).status).toBe(401);
  });

  test.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["an issue without a number", JSON.stringify({ ...(good.payload as object), issue: { title: "x" } })],
    [
      "a number of no kind",
      JSON.stringify({ ...(good.payload as object), issue: { number: -1, updated_at: "x" } }),
    ],
  ])("signed, yet %s, is not read", async (_, body) => {
    const { url, log } = await receiver([repository]);
    expect(await post(url, good, { body })).toEqual({ status: 422, outcome: "unread" });
    expect(log[0]?.problem).toBeTruthy();
    expect((await post(url, good)).outcome).toBe("kept");
  });

  test("headers that are missing are named by status 400, a body beyond GitHub's limit by 413", async () => {
    const { url } = await receiver([repository]);
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(400);
    const huge = JSON.stringify({ filler: "x".repeat(26 * 1024 * 1024) });
    expect((await post(url, { ...good, payload: null }, { body: huge })).status).toBe(413);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/else`, { method: "POST" })).status).toBe(404);
  });

  test("a large one is taken, and so is one in a form, as older webhooks send it", async () => {
    const { url } = await receiver([repository]);
    const large = { ...(good.payload as object), filler: "x".repeat(20 * 1024 * 1024) };
    expect((await post(url, { ...good, payload: large })).outcome).toBe("kept");
    const body = new URLSearchParams({ payload: JSON.stringify(good.payload) }).toString();
    const type = "application/x-www-form-urlencoded";
    expect((await post(url, { ...good, id: "in a form" }, { body, type })).outcome).toBe("kept");
  });
});

test("a busy database is waited for; one that stays busy is said to be, and the delivery may come again", async () => {
  const good = present(all.find(({ event }) => event === "issues"));
  const { url, path } = await receiver([present(repositoryOf(good))]);
  const other = new Database(path);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  const waiting = post(url, good);
  // Answered only once the other writer is done.
  const first = await Promise.race([waiting, fetch(`${url}/healthz`).then(() => "alive")]);
  expect(first).toBe("alive");
  other.exec("COMMIT");
  expect((await waiting).outcome).toBe("kept");
  other.exec("BEGIN IMMEDIATE");
  expect(await post(url, { ...good, id: "too long" })).toEqual({ status: 503, outcome: "busy" });
  other.exec("COMMIT");
  expect((await post(url, { ...good, id: "too long" })).outcome).toBe("kept");
}, 30_000);

describe("cards of projects", () => {
  /** Two seconds after the change that is delivered. */
  let clock = 0;
  const arrive = (url: string, sent: Sent) => {
    const { projects_v2_item: item } = sent.payload as { projects_v2_item: { updated_at: string } };
    clock = Date.parse(item.updated_at) + 2000;
    return post(url, sent);
  };
  const moved = (id: string, at: string, field: object, issue = 1): Sent => ({
    id,
    event: "projects_v2_item",
    payload: {
      action: "edited",
      sender: { login: "ben" },
      organization: { login: "octo" },
      projects_v2_item: {
        content_type: "Issue",
        content_node_id: `I_${issue}`,
        project_node_id: `P_${roadmap.number}`,
        updated_at: at,
      },
      changes: { field_value: field },
    },
  });
  const iteration = (title: string | null) =>
    title === null
      ? null
      : { id: title === "Sprint 1" ? "a1" : "a2", title, start_date: "2026-01-05", duration: 14 };
  const toIteration = (id: string, at: string, from: string | null, to: string | null) =>
    moved(id, at, {
      field_type: "iteration",
      field_name: "Sprint",
      from: iteration(from),
      to: iteration(to),
    });
  const toStatus = (id: string, at: string, from: string | null, to: string | null) =>
    moved(id, at, {
      field_type: "single_select",
      field_name: "Status",
      from: from && { name: from },
      to: to && { name: to },
    });

  test("are known to the second where GitHub keeps no history, in whatever order they are told", async () => {
    const rig = team(2);
    rig.told.cards.set(1, [cardIn(roadmap, "Todo", "Sprint 1")]);
    const double = await serveProjects(rig, { now: () => Date.parse("2026-01-06T00:00:00Z") });
    const { url, file } = await receiver([teamName], () => clock);
    const store = present(file.find(teamName));
    const deliveries = [
      toIteration("1", "2026-01-08T10:00:00Z", "Sprint 1", null),
      toIteration("2", "2026-01-10T10:00:00Z", null, "Sprint 2"),
      toStatus("3", "2026-01-09T10:00:00Z", "Todo", "In Progress"),
    ];
    // Before any sync has told whose node ids these are, and the newest first.
    for (const sent of deliveries.toReversed()) expect((await arrive(url, sent)).outcome).toBe("kept");
    store.refresh();
    expect(store.knownIssues()).toEqual([]);
    await sync(store, double);
    rig.told.cards.set(1, [cardIn(roadmap, "In Progress", "Sprint 2")]);
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") }));
    expect(told(store, 1, "iteration")).toEqual([
      "Sprint 1: 01-06 – 01-08, observed",
      "Sprint 2: 01-10 – …, replayed",
    ]);
    expect(told(store, 1)).toEqual(["Todo: 01-01 – 01-09, inferred", "In Progress: 01-09 – …, replayed"]);
    const [timeline] = store.timelines({ numbers: [1] });
    const inDoubt = (timeline?.doubts ?? []).filter(({ to }) => to > Date.parse("2026-01-07T00:00:00Z"));
    expect(inDoubt).toEqual([]);
  });

  test("a change of status that GitHub's own event tells as well counts once", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, "In Progress")]);
    rig.told.changes.set(1, [
      {
        kind: "ProjectV2ItemStatusChangedEvent",
        at: "2026-01-09T10:00:00Z",
        project: roadmap,
        from: "Todo",
        to: "In Progress",
      },
    ]);
    const double = await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") });
    const { url, file } = await receiver([teamName], () => clock);
    const store = present(file.find(teamName));
    await arrive(url, toStatus("1", "2026-01-09T10:00:02Z", "Todo", "In Progress"));
    await sync(store, double);
    const alone = openStore(":memory:");
    await sync(alone, double);
    expect(told(store, 1)).toEqual(told(alone, 1));
    expect(contentOf(store)).toBe(contentOf(alone));
  });

  test("whose own date is of long ago are dated by their arrival", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, null, "Sprint 2")]);
    const { url, file } = await receiver([teamName], () => clock);
    const store = present(file.find(teamName));
    clock = Date.parse("2026-01-10T10:00:00Z");
    await post(url, toIteration("1", "2026-01-02T10:00:00Z", "Sprint 1", "Sprint 2"));
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") }));
    expect(told(store, 1, "iteration")).toEqual(["Sprint 2: 01-10 – …, replayed"]);
  });

  test("a lost delivery is no lie: the change between is in doubt", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, null, "Sprint 1")]);
    const { url, file } = await receiver([teamName], () => clock);
    const store = present(file.find(teamName));
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-06T00:00:00Z") }));
    // That it left Sprint 1 was never told.
    await arrive(url, toIteration("2", "2026-01-10T10:00:00Z", null, "Sprint 2"));
    expect(told(store, 1, "iteration")).toContain("Sprint 2: 01-10 – …, replayed");
    const [timeline] = store.timelines({ numbers: [1] });
    expect(timeline?.doubts).toContainEqual(
      expect.objectContaining({ attribute: "iteration", to: Date.parse("2026-01-10T10:00:00Z") }),
    );
  });
});

describe("the command", () => {
  const io = (env: Record<string, string>, more: object = {}) =>
    quietIo({ cwd: temporary(), now: 0, env, ...more });

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
    const good = present(all.find(({ event }) => event === "issues"));
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
