import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";

/** A word of three hundred letters, as a token or a path without blanks is. */
const word = "Donaudampfschifffahrtsgesellschaft".repeat(9).slice(0, 300);
/** Turns what follows it, until it is told to stop. */
const turned = "\u202e desrever ";
const hostile = `</script><script>alert(1)</script> "'><img src=x onerror=alert(2)> &amp; ${turned}`;

const titles = [word, `${turned}${word}`, "👩‍👩‍👧‍👦".repeat(60), hostile, "", "a"];

/** Names of teams may have eighty letters. */
const teams = ["T".repeat(80), `A team of <b>many</b> words, "quotes" & ${turned}`.padEnd(80, "!")] as const;

/** [team, days, cards] */
const sprints: [team: string | null, days: number, cards: number][] = [
  [teams[0], 1, 5],
  [teams[1], 12, 2000],
  [null, 200, 40],
];

const yaml = (value: unknown): string => JSON.stringify(value);

function reportOf(index: number): Report {
  const [team = null, days = 1, cards = 1] = sprints[index] ?? [];
  const report = makeReport({
    number: index + 1,
    days,
    cards,
    title: (card) => titles[card % titles.length] ?? "",
  });
  // Lanes are called as the team likes.
  const text = JSON.stringify(report).replaceAll('"In progress"', yaml(`${word.slice(0, 60)} <b>${turned}`));
  const named = JSON.parse(text) as Report;
  return {
    ...named,
    sprint: { ...named.sprint, title: word, goal: hostile + word, ...(team === null ? {} : { team }) },
  };
}

/** Content at the edges of what a team may have: endless words, signs that turn or end a text, sprints of all sizes. */
export async function writeOddContent(dir: string): Promise<void> {
  const files: Record<string, string> = {
    "settings.yml": [
      `title: ${yaml(word.slice(0, 120))}`,
      `tagline: ${yaml(hostile)}`,
      "repository: example/fleet",
      "timeZone: Europe/Vienna",
      `teams: [${teams.map((name) => `{ name: ${yaml(name)} }`).join(", ")}]`,
      `footer: ${yaml(word)}`,
      `social: [{ label: ${yaml(word)}, url: "https://chat.example/" }]`,
    ].join("\n"),
    "posts/odd.md": post,
    "about.md": `# ${word}\n\n${word} ${turned}\n`,
  };
  for (const index of sprints.keys()) {
    const { sprint, ...rest } = reportOf(index);
    const { number, title, goal, firstDay, lastDay, team } = sprint;
    const front = { number, title, goal, firstDay, lastDay, ...(team === undefined ? {} : { team }) };
    files[`reports/0${number}.json`] = JSON.stringify({ ...rest, sprint });
    files[`sprints/0${number}.md`] = `---\n${Object.entries(front)
      .map(([key, value]) => `${key}: ${yaml(value)}`)
      .join("\n")}\n---\n`;
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(dir, path, ".."), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

const figures = ["board{at=end}", "effort", "burndown", "unexpected", "debt", "kalm", "budget"];

const post = `---
title: ${yaml(`${word} ${hostile}`)}
kind: note
sprint: 1
date: 2026-01-05
summary: ${yaml(word + hostile)}
authors: [${yaml(word)}, ${yaml(hostile)}]
tags: [${yaml(word)}]
---

# ${word}

${word}

[${word}](https://example.org/${word}) and \`${word}\`${turned}

| ${word} | b |
| - | - |
| ${word} | ${word} |

> [!NOTE]
> ${word}

1. ${word}[^1]

[^1]: ${word}

${figures.map((name) => `::${name}`).join("\n\n")}
`;
