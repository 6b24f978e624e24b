import { describe, expect, it } from "vitest";
import type { Content } from "../content/read.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { type BuiltIssue, day, history } from "../testing/history-builder.ts";
import { storyContent } from "../testing/random-stories.ts";
import { readEffortTexts } from "./effort-texts.ts";
import { unreadEffort } from "./unread-effort.ts";

type Count = Content["settings"]["count"];

const repositories = repositoriesOf(["a/b"]);
const pull = (number: number, body: string, more: Partial<BuiltIssue> = {}): BuiltIssue => ({
  number,
  body,
  pullRequest: true,
  ...more,
});

/** A store of these, each with comments where it has some: [issue, text]. */
function storeOf(issues: BuiltIssue[], comments: [issue: number, body: string][] = []): Store {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  const page = history(issues, { labels: [...new Set(issues.flatMap(({ labels = [] }) => labels))] });
  store.append({
    ...page,
    comments: comments.map(([issue, body], index) => ({
      id: index + 1,
      issue,
      body,
      at: day(2),
      updatedAt: day(2),
      author: "ben",
    })),
  });
  store.refresh();
  return store;
}

async function settingsOf(count: Count, more: Partial<Content["settings"]> = {}) {
  const { settings } = await storyContent();
  return { ...settings, count, ...more };
}

const found = async (store: Store, count: Count, only?: ReadonlySet<number>) => {
  const { texts, closedBy, loose, shared } = readEffortTexts(
    store,
    await settingsOf(count),
    repositories,
    only,
  );
  return {
    texts: texts.map(({ issue, pull: at, body }) => [issue, at ?? null, body]),
    closedBy: [...closedBy].map(([issue, pulls]) => [issue, pulls.map(({ number }) => number)]),
    loose: loose.map(({ number, isPull, labelled }) => [number, isPull, labelled]),
    shared,
  };
};

describe("effort that is said on a pull request", () => {
  const store = () =>
    storeOf([{ number: 1 }, { number: 2 }, pull(3, "Fixes #1, fixes #2\n\n/spend 1d")], [[3, "/spend 2h"]]);

  it("counts for the issue that it names first, where issues are tasks, and says that it closes others", async () => {
    expect(await found(store(), "issues")).toEqual({
      texts: [
        [1, 3, "Fixes #1, fixes #2\n\n/spend 1d"],
        [1, 3, "/spend 2h"],
      ],
      closedBy: [[1, [3]]],
      loose: [],
      shared: [{ pull: 3, issues: [1, 2] }],
    });
  });

  it("counts for the pull request itself, where pull requests are the tasks", async () => {
    const { texts, closedBy, shared } = await found(store(), "pulls");
    expect(texts.map(([issue, at]) => [issue, at])).toEqual([
      [3, null],
      [3, null],
    ]);
    expect([closedBy, shared]).toEqual([[], []]);
  });

  it("where both are tasks, counts once: for the issue that is closed, else for the pull request", async () => {
    const both = storeOf([{ number: 1 }, pull(3, "Fixes #1\n\n/spend 1d"), pull(4, "/spend 1d")]);
    const { texts, loose } = await found(both, "both");
    expect(texts.map(([issue, at]) => [issue, at])).toEqual([
      [1, 3],
      [4, null],
    ]);
    expect(loose).toEqual([]);
  });

  it("that closes nothing counts nowhere, and is named as such", async () => {
    expect(await found(storeOf([pull(4, "/spend 1d")]), "issues")).toEqual({
      texts: [],
      closedBy: [],
      loose: [[4, true, false]],
      shared: [],
    });
  });

  it("by a label alone makes it one that says effort, too", async () => {
    const labelled = storeOf([
      { number: 1 },
      pull(3, "Fixes #1", { labels: ["actual: M"] }),
      pull(4, "", { labels: ["actual: 2"] }),
    ]);
    const { closedBy, loose, texts } = await found(labelled, "issues");
    expect([closedBy, loose, texts]).toEqual([[[1, [3]]], [[4, true, true]], []]);
  });
});

describe("effort that is said on an issue", () => {
  it("counts nowhere where pull requests alone are tasks", async () => {
    const store = storeOf([{ number: 1, body: "/spend 1d" }]);
    expect(await found(store, "pulls")).toMatchObject({ texts: [], loose: [[1, false, false]] });
    expect(await found(store, "issues")).toMatchObject({ texts: [[1, null, "/spend 1d"]], loose: [] });
  });

  it("is read of those that are asked about alone", async () => {
    const store = storeOf([
      { number: 1, body: "/spend 1d" },
      { number: 2, body: "/spend 2d" },
    ]);
    expect((await found(store, "issues", new Set([2]))).texts).toEqual([[2, null, "/spend 2d"]]);
    expect((await found(store, "issues", new Set())).texts).toEqual([]);
  });

  it("in its own text counts from its creation, and a text that came later from when it came", async () => {
    const versions = (bodies: [updated: number, body: string | null][]) => {
      const store = openStore(":memory:");
      store.setRepository("a/b");
      for (const [updated, body] of bodies)
        store.append(
          history([
            { number: 1, body, createdAt: day(1), updatedAt: day(updated), observedAt: day(updated) },
          ]),
        );
      store.refresh();
      return store;
    };
    const settings = await settingsOf("issues");
    const read = (store: Store) => readEffortTexts(store, settings, repositories).texts;
    expect(read(versions([[1, "/spend 1d"]]))).toMatchObject([{ id: -1, at: day(1), body: "/spend 1d" }]);
    const [edited] = read(
      versions([
        [1, "/spend 1d"],
        [5, "/spend 1d\n/spend 2d"],
      ]),
    );
    expect(edited).toMatchObject({
      at: day(5),
      body: "/spend 1d\n/spend 2d",
      earlier: [{ at: day(1), body: "/spend 1d" }],
    });
    // Seen anew without a change of the text, it is the same text.
    expect(
      read(
        versions([
          [1, "/spend 1d"],
          [5, "/spend 1d"],
        ]),
      ),
    ).toMatchObject([{ at: day(1), earlier: [] }]);
    // A text that was taken out says nothing any more.
    expect(
      read(
        versions([
          [1, "/spend 1d"],
          [5, null],
        ]),
      ),
    ).toEqual([]);
  });
});

describe("what is meant as effort and counts nowhere is named", () => {
  const told = async (
    store: Store,
    count: Count,
    more: Partial<Content["settings"]> = {},
    changed?: ReadonlySet<number>,
  ) =>
    unreadEffort(store, await settingsOf(count, more), repositories, changed).map(({ number, text }) => [
      number,
      text,
    ]);

  it("where it cannot be read, by its line, and in the order of numbers", async () => {
    const store = storeOf([
      { number: 9, body: "/spend lots" },
      { number: 2, body: "/spend 1d\n/spend a while" },
      { number: 3, body: "/spend 1d" },
    ]);
    const lines = await told(store, "issues");
    expect(lines.map(([number]) => number)).toEqual([2, 9]);
    expect(lines[0]?.[1]).toMatch(/^#2: "\/spend a while" is not read: ./);
    expect(await told(store, "issues", {}, new Set([9]))).toHaveLength(1);
  });

  it("where a pull request closes no issue, or several", async () => {
    const store = storeOf([
      { number: 1 },
      { number: 2 },
      pull(3, "Fixes #1, fixes #2\n\n/spend 1d"),
      pull(4, "/spend 1d"),
    ]);
    expect(await told(store, "issues")).toEqual([
      [
        3,
        "#3: this pull request closes several issues, and its effort is counted for #1, which it names first",
      ],
      [4, "#4: its effort is not counted, for this pull request names no issue that it closes"],
    ]);
  });

  it("where issues are no tasks, with the setting that says so", async () => {
    expect(await told(storeOf([{ number: 1, body: "/spend 1d" }]), "pulls")).toEqual([
      [
        1,
        "#1: its effort is not counted, for only pull requests are tasks here (count: pulls in settings.yml)",
      ],
    ]);
  });

  it("but not where it only looks like it: nothing that was said means nothing is lost", async () => {
    const store = storeOf([pull(4, "see `/spend 1d`"), { number: 1, body: "We spend a lot." }]);
    expect(await told(store, "issues")).toEqual([]);
  });

  it("where a label names no amount, by what an amount would be in the team's unit", async () => {
    const store = storeOf([{ number: 1, labels: ["actual: many"] }]);
    expect(await told(store, "issues")).toEqual([
      [null, 'the label "actual: many" is not read as effort: "many" is no size'],
    ]);
    expect((await told(store, "issues", { unit: "points" }))[0]?.[1]).toMatch(
      /"many" is no number of days, since sizes count points$/,
    );
  });
});
