import { toString as textOf } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import type { Notes } from "../core/model/notes.ts";
import { type BackupIssue, labeled } from "../testing/backup-folder.ts";
import { backupTeam, member, pull } from "../testing/backup-team.ts";

const done = (number: number, more: Partial<BackupIssue> = {}) => {
  const closed = "2026-03-10T09:00:00Z";
  const labels = more.labels ?? [];
  return {
    ...member(number, {
      closed,
      updated: closed,
      ...more,
      labels: ["size: M"],
      events: [
        ...labels.map((name) => labeled("2026-02-27T09:00:00Z", name)),
        { event: "closed", created_at: closed },
      ],
    }),
    labels: ["size: M", ...labels],
  };
};

const merged = (number: number, body: string, login: string): BackupIssue => ({
  ...pull(number, { body, closed: "2026-03-10T08:00:00Z", updated: "2026-03-10T08:00:00Z", user: { login } }),
  events: [
    { event: "merged", created_at: "2026-03-10T08:00:00Z" },
    { event: "closed", created_at: "2026-03-10T08:00:00Z" },
  ],
});

const hostile = "[free](https://evil.example) <img src=x onerror=alert(1)> `x` **@ana** ~~#7~~\n# Boo";

async function team() {
  const team = backupTeam();
  await team.sync("2026-03-14T12:00:00Z", [
    done(1, { labels: ["bug"] }),
    done(2, { labels: ["bug", "docs"] }),
    done(3, { title: hostile }),
    member(4),
    merged(20, "Fixes #1", "ben"),
    merged(21, "Closes #2, closes #3", "renovate[bot]"),
    { ...merged(22, "Fixes #2", "cleo"), events: [{ event: "closed", created_at: "2026-03-10T08:00:00Z" }] },
  ]);
  team.at("2026-03-14T12:00:00Z");
  return team;
}

const tree = (markdown: string) => remark().use(remarkGfm).parse(markdown);

test("tasks by label, with what closed them and who took part", async () => {
  const { call } = await team();
  const notes: Notes = JSON.parse((await call("notes", "1", "--json")).out);
  expect(notes.schema).toBe("sprintcast/notes@1");
  expect(notes.groupedBy).toBe("label");
  const told = notes.groups.map(({ title, tasks }) => [
    title,
    tasks.map((task) => [task.number, task.pulls.map(({ name }) => name), task.contributors]),
  ]);
  expect(told).toEqual([
    [
      "bug",
      [
        [1, ["#20"], ["ben"]],
        [2, ["#21"], []],
      ],
    ],
    ["Other", [[3, ["#21"], []]]],
  ]);
  expect(notes.contributors).toEqual(["ben"]);
  const ungrouped: Notes = JSON.parse((await call("notes", "1", "--group", "none", "--json")).out);
  expect(ungrouped.groups.map(({ title, tasks }) => [title, tasks.length])).toEqual([["Tasks", 3]]);
});

test("a hostile title stays words: no link, markup, heading or mention of it is left", async () => {
  const { call } = await team();
  const markdown = (await call("notes", "1")).out;
  const links: string[] = [];
  const kinds = new Set<string>();
  visit(tree(markdown), (node) => {
    kinds.add(node.type);
    if (node.type === "link") links.push(node.url);
  });
  expect(links).toEqual(
    [1, 20, 2, 21, 3, 21].map((number) => `https://github.com/acme/shop/issues/${number}`),
  );
  expect([...kinds].filter((kind) => /html|strong|delete|inlineCode|image/.test(kind))).toEqual([]);
  const headings = tree(markdown).children.filter(({ type }) => type === "heading");
  expect(headings.map((one) => textOf(one))).toEqual(["bug", "Other", "Contributors"]);
  expect(textOf(tree(markdown))).toContain("<img src=x onerror=alert(1)>");
  expect(textOf(tree(markdown))).not.toContain("@ana");
});

test("a draft is edited by a human, keeps the words, and is what is printed then", async () => {
  const { call, read, write } = await team();
  expect((await call("draft", "1", "--notes")).out).toContain("01-notes.md");
  const draft = read("posts/01-notes.md");
  expect(draft).toContain("kind: note");
  const printed = await call("notes", "1");
  expect(printed.err).toContain("content/posts/01-notes.md");
  expect(printed.out).toMatch(/^## bug\n/);
  expect(printed.out).not.toContain("<!--");
  write(
    "posts/01-notes.md",
    draft.replace("## bug", "We are quicker.\n\n## Mended").replace(/<!-- What.*\n/, ""),
  );
  expect((await call("notes", "1")).out).toMatch(/^We are quicker\.\n\n## Mended\n/);
  expect((await call("draft", "1", "--notes")).out).toContain("Nothing to update");
  expect((await call("notes", "1", "--fresh")).out).toContain("## bug");
});

test("two drafts at once, or a sprint that is none, is wrong usage", async () => {
  const { call } = await team();
  expect(await call("draft", "1", "--notes", "--planning")).toMatchObject({ code: 2 });
  expect(await call("notes", "8")).toMatchObject({ code: 2, err: expect.stringContaining("no sprint 8") });
});

test("a sprint that finished nothing says so", async () => {
  const empty = backupTeam();
  await empty.sync("2026-03-14T12:00:00Z", [member(4)]);
  expect((await empty.call("notes", "1")).out).toContain("Nothing was finished.");
});

test("tasks without a group of their own are no others, and a sprint that runs says so far", async () => {
  const team = backupTeam();
  await team.sync("2026-03-11T12:00:00Z", [done(1), done(2)]);
  team.at("2026-03-11T12:00:00Z");
  const notes: Notes = JSON.parse((await team.call("notes", "1", "--json")).out);
  expect(notes.groups.map(({ title, tasks }) => [title, tasks.length])).toEqual([["Tasks", 2]]);
  const [first] = (await team.call("notes", "1")).out.split("\n");
  expect(first).toMatch(/^Sprint 1, .* 2026, so far\.$/);
});
