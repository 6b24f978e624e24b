import { expect, test } from "vitest";
import { repositoriesOf } from "../model/repositories.ts";
import { parseKalm } from "./parse-kalm.ts";
import { withoutOwner } from "./promise-owner.ts";
import { isSamePromise, promiseKey } from "./promises.ts";

test.each([
  ["@ana: ask early", "ana", "ask early"],
  ["@ana – ask early", "ana", "ask early"],
  ["(@ana) ask early", "ana", "ask early"],
  ["ask early (@ana)", "ana", "ask early"],
  ["ask early, @ana-b2.", "ana-b2", "ask early"],
  ["ask early — @ana", "ana", "ask early"],
  ["talk to @ana before lunch", "ana", "talk to @ana before lunch"],
  ["talk to @ana", "ana", "talk to @ana"],
  ["@ana and @ben ask early", "ana", "@ana and @ben ask early"],
  ["@ana:", "ana", "@ana:"],
  ["write to ana@example.org", null, "write to ana@example.org"],
  ["update @scope/package", null, "update @scope/package"],
  ["use @decorators-", null, "use @decorators-"],
  ["ask early", null, "ask early"],
])("%j is looked after by %j", (text, owner, words) => {
  expect(withoutOwner(text)).toEqual({ owner, text: words });
});

test("an answer need not repeat who looks after the promise", () => {
  const keys = ["ask early", "@ana: Ask early!", "ask early (@ana) (#12)", "ask early @ana"].map(promiseKey);
  expect(new Set(keys)).toEqual(new Set(["ask early"]));
});

test("the same words of two people are two promises", () => {
  const by = (owner?: string) => ({ text: "ask early", from: 1, issue: null, ...(owner ? { owner } : {}) });
  expect(isSamePromise(by("ana"), by("ben"))).toBe(false);
  expect(isSamePromise(by("ana"), by())).toBe(true);
});

test("a promise points to the first web address that is neither its issue nor a person", () => {
  const list = [
    "[notes](https://wiki.example/notes) for [#3](https://github.com/a/b/issues/3)",
    "[the issue](https://github.com/a/b/issues/4) alone",
    "[@ana](https://github.com/ana): ask early",
    "see [mail](mailto:a@b.org) or <ftp://x.example>",
    "plain https://wiki.example/plain",
    "outer\n  - [inner](https://wiki.example/inner)",
  ];
  const { promises } = parseKalm(
    `## K.A.L.M.\n\n### Add\n\n${list.map((one) => `- ${one}`).join("\n")}\n`,
    repositoriesOf(["a/b"]),
  );
  expect(promises.map(({ issue, link, owner }) => [issue, link, owner])).toEqual([
    [3, "https://wiki.example/notes", undefined],
    [4, undefined, undefined],
    [null, undefined, "ana"],
    [null, undefined, undefined],
    [null, "https://wiki.example/plain", undefined],
    [null, undefined, undefined],
  ]);
});
