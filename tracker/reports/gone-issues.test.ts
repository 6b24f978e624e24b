import { expect, it } from "vitest";
import type { Sighting } from "../core/model/page.ts";
import { keyAt, repositoriesOf } from "../core/model/repositories.ts";
import type { History } from "../store/store.ts";
import { goneSentence } from "./gone-issues.ts";

const told = (sighting: Partial<Sighting>, names = ["acme/api"], title: string | null = "Ship it") =>
  goneSentence(
    { issue: () => (title === null ? null : { title }) } as unknown as History,
    {
      issue: 7,
      since: Date.parse("2026-03-01T08:00:00.500Z"),
      at: Date.parse("2026-03-02T08:00:00Z"),
      found: "deleted",
      ...sighting,
    },
    repositoriesOf(names),
  );

const window = "between 2026-03-01T08:00:00Z and 2026-03-02T08:00:00Z";

it.each<[Partial<Sighting>, string[], string]>([
  [
    {},
    ["acme/api"],
    `#7 "Ship it" was deleted ${window}: it is on no board since then, and keeps its history`,
  ],
  [
    { found: "transferred" },
    ["acme/api"],
    `#7 "Ship it" was transferred to another repository ${window}: it is on no board since then, and keeps its history`,
  ],
  [
    { found: "transferred", to: "other/web#3" },
    ["acme/api"],
    `#7 "Ship it" was transferred to other/web#3 ${window}: it is on no board since then, and keeps its history`,
  ],
  [
    { found: "transferred", to: "acme/WEB#3" },
    ["acme/api", "acme/web"],
    `api#7 "Ship it" was transferred to acme/WEB#3 ${window}: it counts there, with its past`,
  ],
  [
    { found: "transferred", to: "acme/web#3", issue: keyAt(1, 12) },
    ["acme/api", "acme/web"],
    `web#12 "Ship it" was transferred to acme/web#3 ${window}: it counts there, with its past`,
  ],
])("%j among %j: %s", (sighting, names, sentence) => {
  expect(told(sighting, names)).toBe(sentence);
});

it("one that was never seen has no title, and an address that is none leads nowhere", () => {
  expect(told({}, ["acme/api"], null)).toContain('#7 "" was deleted');
  for (const to of ["acme/api", "#3", "acme/api#x"])
    expect(told({ found: "transferred", to })).toContain("it is on no board since then");
});
