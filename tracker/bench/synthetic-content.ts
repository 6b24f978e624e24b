import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syntheticSprint } from "./synthetic-repository.ts";

/** Writes what the team of synthetic repositories wrote into `content` of this folder. */
export function writeSyntheticContent(
  folder: string,
  sprints: number,
  repositories: readonly string[] = ["team/product"],
): void {
  const content = join(folder, "content");
  mkdirSync(join(content, "sprints"), { recursive: true });
  writeFileSync(
    join(content, "settings.yml"),
    `repositories: [${repositories.join(", ")}]\ntimeZone: UTC\nlabels:\n  debt: [technical debt]\n`,
  );
  for (let index = 0; index < sprints; index++) {
    const { title, start, end } = syntheticSprint(index);
    const date = (at: number) => new Date(at).toISOString().slice(0, 10);
    const lines = [
      "---",
      `number: ${index + 1}`,
      `title: ${title}`,
      "goal: Make the thing work",
      `firstDay: ${date(start)}`,
      `lastDay: ${date(end - 1)}`,
      "capacityDays: 40",
      `milestone: ${title}`,
      "---",
      "",
    ];
    writeFileSync(join(content, "sprints", `${String(index + 1).padStart(2, "0")}.md`), lines.join("\n"));
  }
}
