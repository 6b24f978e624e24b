import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recordingOf } from "@sprintcast/demo/testing";
import type { ProjectUpdate, Restatement } from "sprintcast/report";
import { makeFlow, makeReport, present } from "sprintcast/testing";

export interface ContentRecipe {
  sprints: number;
  /** Cards per sprint. */
  cards: number;
  /** Titles that try to become markup, break lines or overflow. */
  hostile?: boolean;
  /** A card's title; default: a short one. */
  title?: (index: number) => string;
  /** Posts per sprint besides the review. Default 0. */
  dailies?: number;
  /** Whether later history contradicts the newest sprint's report. */
  restated?: boolean;
}

const hostileTitles = [
  '<script>alert("title")</script>',
  "<img src=x onerror=alert(1)> & friends",
  '"></a><svg onload=alert(1)>',
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile text on purpose
  "</script><!-- ]]> --> {{constructor}} ${1+1}",
  "العربية mixed with English and עברית \u202e desrever",
  "👩‍👩‍👧‍👦 emoji and \t tabs",
  "A title that goes on and on, as real ones do, telling the whole story of what was meant to be done and why it was not done in the end",
];

const restatement = (completed: number): Restatement => ({
  at: "2030-01-02T09:00:00.000Z",
  note: "History that was learned after the freeze changes these figures.",
  changes: [{ figure: "effort.completed", frozen: completed, now: completed + 1 }],
});

const updateOf = (at: string): ProjectUpdate => ({
  ...{ project: present(hostileTitles[2]), url: "https://github.invalid/orgs/team/projects/7" },
  ...{ at, author: "ana", status: "OFF_TRACK", startDate: "2030-01-01", targetDate: null },
  body: [
    ...hostileTitles,
    "# A heading\n\n- [x] done\n- [ ] open",
    `${"| a wide column ".repeat(9)}|\n${"| - ".repeat(9)}|\n${"| <b>2</b> ".repeat(9)}|`,
    `\`\`\`\n${"a long line of code ".repeat(12)}\n\`\`\``,
    "[x](javascript:alert(1)) ![p](https://evil.example/pixel.png)",
  ].join("\n\n"),
});

/** Posts are older than their sprints, so that even of a thousand none waits for its day. */
const longAgo = (day: string): string => `${Number(day.slice(0, 4)) - 40}${day.slice(4)}`;

/** Writes a whole content folder of invented sprints: settings, sprints, a review each, reports. */
export async function makeContent(dir: string, recipe: ContentRecipe): Promise<void> {
  const { sprints, cards, hostile = false, title, dailies = 0, restated = false } = recipe;
  await Promise.all(
    ["sprints", "posts", "reports"].map((name) => mkdir(join(dir, name), { recursive: true })),
  );
  await writeFile(join(dir, "settings.yml"), hostile ? `${settings}${budget}` : settings);
  const titleOf = (index: number) =>
    hostile ? `${hostileTitles[index % hostileTitles.length]} ${index}` : `Task ${index}`;
  await writeFile(join(dir, "reports/flow.json"), JSON.stringify(makeFlow(titleOf)));
  if (hostile) {
    await mkdir(join(dir, "bills"), { recursive: true });
    await writeFile(join(dir, "bills/01.csv"), billOf(hostileTitles));
    await mkdir(join(dir, "recordings"), { recursive: true });
    // One device and one metric of the recorded run try to become markup, too.
    const run = recordingOf(20).replaceAll("device-1", present(hostileTitles[0]).replaceAll('"', "'"));
    await writeFile(join(dir, "recordings/02.ndjson"), run.replaceAll("battery", "<svg onload=alert(1)>"));
  }
  for (let number = 1; number <= sprints; number += 1) {
    const report = makeReport({
      number,
      cards,
      ...(title ? { title } : hostile ? { title: titleOf } : {}),
    });
    if (restated && number === sprints) report.restatements = [restatement(report.effort.completed)];
    if (hostile && number === 1) report.projectUpdates = [updateOf(report.sprint.start)];
    const { firstDay, lastDay, goal } = report.sprint;
    const name = String(number).padStart(2, "0");
    await writeFile(join(dir, "reports", `${name}.json`), JSON.stringify(report));
    await writeFile(
      join(dir, "sprints", `${name}.md`),
      `---\nnumber: ${number}\ntitle: ${report.sprint.title}\ngoal: ${goal}\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\ncapacityDays: 10\ngoalMet: ${report.goalMet}\n---\n`,
    );
    await writeFile(join(dir, "posts", `${name}-review.md`), review(number, longAgo(lastDay)));
    for (let index = 1; index <= dailies; index += 1) {
      await writeFile(
        join(dir, "posts", `${name}-daily-${index}.md`),
        daily(number, index, longAgo(firstDay)),
      );
    }
  }
}

const settings = `title: Invented reviews
repository: example/fleet
timeZone: Europe/Vienna
tagline: Nobody ever worked these sprints
url: https://team.example/repo/
daily: { time: "09:15", minutes: 15 }
social: [{ label: Chat, url: "https://chat.example/fleet" }]
subscribe: { label: By mail, url: "mailto:reviews@team.example" }
live: true
theme: { accent: { light: "#7a2fb0", dark: "#cf9bf2" } }
`;

const budget = "budget: { currency: EUR, amount: 250, services: { <b>Servers</b>: 100 } }\n";

/** January 2026, with a credit, another currency, and a line that cannot be read. */
const billOf = (services: readonly string[]): string =>
  [
    "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceName",
    ...services.map(
      (service, index) =>
        `${index * 9.5},EUR,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,"${service.replaceAll('"', '""')}"`,
    ),
    "-3,EUR,2026-01-06T00:00:00Z,2026-01-07T00:00:00Z,<b>Servers</b>",
    "12,USD,2026-01-06T00:00:00Z,2026-01-07T00:00:00Z,Names",
    "<i>twelve</i>,EUR,2026-01-06T00:00:00Z,2026-01-07T00:00:00Z,Names",
  ].join("\n");

const review = (number: number, date: string) => `---
title: "Review of sprint ${number}"
kind: review
sprint: ${number}
date: ${date}
summary: An invented review with every figure in it.
---

## Recap

Some words, **bold** and *not*, with \`code\` and <script>alert("post")</script>.

## Tasks

::board{at=start}

::effort

::burndown

::board{at=end}

## Unexpected tasks

::unexpected

## Technical debt

::debt

> A quotation with a figure in it:
>
> ::kalm

::budget

## Demo

::demo

::video{youtube=dQw4w9WgXcQ}
`;

const daily = (number: number, index: number, date: string) => `---
title: "Daily ${index} of sprint ${number}"
kind: daily
sprint: ${number}
date: ${date}
summary: A short note.
---

Yesterday, today, and what stands in the way.
`;
