import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsTables } from "./settings-table.ts";

const docs = readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8");

test.each(settingsTables())(
  "docs/settings.md says of $heading what the schema checks",
  ({ heading, table }) => {
    expect(docs).toContain(`## \`${heading}\`\n\n${table}\n`);
  },
);

test("every key says what it means", () => {
  for (const { table } of settingsTables())
    for (const line of table.split("\n")) expect(line).not.toMatch(/\|\s*\|$/);
});
