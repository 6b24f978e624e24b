import { spareMemory } from "../spare-memory.ts";
import { openStore } from "../store/open.ts";
import { importPlain } from "./import-plain.ts";
import { type BenchRow, row } from "./rows.ts";
import { type SyntheticSize, syntheticPages } from "./synthetic-repository.ts";
import { addTo, now, type Spent, since } from "./usage.ts";

/** Imports a seeded synthetic repository into a new database; making it up does not count. */
function importSynthetic(file: string, size: SyntheticSize): BenchRow[] {
  const store = openStore(file);
  try {
    store.setRepository("team/product");
    const appending: Spent = { wall: 0, cpu: 0 };
    let events = 0;
    for (const page of syntheticPages(size)) {
      const start = now();
      events += store.append(page).events;
      addTo(appending, since(start));
    }
    const start = now();
    store.refresh();
    const folding = since(start);
    const peak = process.resourceUsage().maxRSS / 1024;
    const rate = (of: keyof Spent) => events / (appending[of] + folding[of]);
    // Afterwards, so that its memory is not counted; as many events, on the machine as it is now.
    const plain = importPlain(`${file}-plain`, size);
    const plainRate = (of: keyof Spent) => plain.events / plain.spent[of];
    return [
      row("issues", store.counts().issues, ""),
      row("events", events, ""),
      row("import with intervals", rate("wall"), "events/s", "≥ 150,000", rate("wall") / plainRate("wall")),
      row("the same, by CPU", rate("cpu"), "events/s", null, rate("cpu") / plainRate("cpu")),
      row("yardstick: into one plain table", plainRate("wall"), "events/s", null, 1),
      row("the same, by CPU", plainRate("cpu"), "events/s", null, 1),
      row("of the import: appending", appending.wall, "s"),
      row("of the import: folding into intervals", folding.wall, "s"),
      row("peak memory of the import", peak, "MB", "≤ 250"),
    ];
  } finally {
    store.close();
  }
}

// As the command line does, in whose place this process stands.
spareMemory();
const [, , file = "", size = ""] = process.argv;
process.stdout.write(JSON.stringify(importSynthetic(file, JSON.parse(size) as SyntheticSize)));
