import { writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { headersOf, post, webhookSecret } from "../../testing/github/webhooks.ts";
import { exampleDeliveries, repositoryOf, startReceiver } from "../../testing/receiver-rig.ts";

describe("what GitHub gives as examples of its deliveries", () => {
  test("is taken, every one, once", async () => {
    const repositories = [...new Set(exampleDeliveries.flatMap((sent) => repositoryOf(sent) ?? []))];
    const { url, file, log } = await startReceiver(repositories);
    expect(exampleDeliveries.length).toBeGreaterThan(80);
    for (const sent of exampleDeliveries) {
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
      "label deleted",
      "milestone closed",
      "milestone created",
      "milestone deleted",
    ]);
    for (const store of file.stores()) store.refresh();
    const codertocat = present(file.find("Codertocat/Hello-World"));
    expect(codertocat.commentsOf([1, 2]).length).toBeGreaterThan(0);
    expect(codertocat.goneIssues().map(({ found }) => found)).toContain("deleted");
  });

  test("of a repository that the database does not hold is named, and leaves no trace", async () => {
    const { url, file } = await startReceiver(["acme/other"]);
    const own = exampleDeliveries.filter((sent) => repositoryOf(sent) !== null && sent.event === "issues");
    for (const sent of own) expect(["other", "nothing"]).toContain((await post(url, sent)).outcome);
    expect(present(file.find("acme/other")).knownIssues()).toEqual([]);
  });
});

describe("what is no delivery of GitHub's", () => {
  const good = present(exampleDeliveries.find(({ event }) => event === "issues"));
  const repository = present(repositoryOf(good));

  test.each<[string, Parameters<typeof post>[2]]>([
    ["no signature", { signature: "" }],
    ["a wrong signature", { signature: `sha256=${"0".repeat(64)}` }],
    ["a signature of another form", { signature: "sha1=abc" }],
  ])("%s is refused, and leaves no trace", async (_, more) => {
    const { url, file, log } = await startReceiver([repository]);
    expect(await post(url, good, more)).toEqual({ status: 401, outcome: "refused" });
    expect(log).toEqual([{ outcome: "refused", id: "", event: "", action: null, repository: null }]);
    // The same delivery, rightly signed, is still new.
    expect((await post(url, good)).outcome).toBe("kept");
    expect(file.stores()).toHaveLength(1);
  });

  test("a body that was changed on the way is refused", async () => {
    const { url } = await startReceiver([repository]);
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
    const { url, log } = await startReceiver([repository]);
    expect(await post(url, good, { body })).toEqual({ status: 422, outcome: "unread" });
    expect(log[0]?.problem).toBeTruthy();
    expect((await post(url, good)).outcome).toBe("kept");
  });

  test("headers that are missing are named by status 400, a body beyond GitHub's limit by 413", async () => {
    const { url } = await startReceiver([repository]);
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(400);
    const huge = JSON.stringify({ filler: "x".repeat(26 * 1024 * 1024) });
    expect((await post(url, { ...good, payload: null }, { body: huge })).status).toBe(413);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/else`, { method: "POST" })).status).toBe(404);
  });

  test("a large one is taken, and so is one in a form, as older webhooks send it", async () => {
    const { url } = await startReceiver([repository]);
    const large = { ...(good.payload as object), filler: "x".repeat(20 * 1024 * 1024) };
    expect((await post(url, { ...good, payload: large })).outcome).toBe("kept");
    const body = new URLSearchParams({ payload: JSON.stringify(good.payload) }).toString();
    const type = "application/x-www-form-urlencoded";
    expect((await post(url, { ...good, id: "in a form" }, { body, type })).outcome).toBe("kept");
  });
});

test("a busy database is waited for; one that stays busy is said to be, and the delivery may come again", async () => {
  const good = present(exampleDeliveries.find(({ event }) => event === "issues"));
  const { url, path } = await startReceiver([present(repositoryOf(good))]);
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

describe("a database that cannot take a delivery", () => {
  const good = present(exampleDeliveries.find(({ event }) => event === "issues"));
  const large = {
    ...(good.payload as object),
    issue: { ...(good.payload as { issue: object }).issue, body: "x".repeat(500_000) },
  };
  const repository = present(repositoryOf(good));

  test.each([
    ["a full disk", { maxBytes: 4096 }, () => {}, "the disk is full"],
    ["a damaged file", {}, (path: string) => writeFileSync(path, "no database. ".repeat(9000)), "is damaged"],
  ])(
    "%s is told in the log, and of this machine's files nothing to the sender",
    async (_, options, spoil, words) => {
      const { url, log, path } = await startReceiver([repository], undefined, options);
      spoil(path);
      const body = JSON.stringify(large);
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: await headersOf({ ...good, id: "one" }, body),
      });
      expect(response.status).toBe(500);
      expect(await response.json()).toEqual({ outcome: "failed" });
      expect(log).toEqual([
        expect.objectContaining({ outcome: "failed", problem: expect.stringContaining(words) }),
      ]);
    },
  );
});
