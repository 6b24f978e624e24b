import { parseArgs } from "node:util";
import { table } from "table";
import { findProgram } from "../testing/start-process.ts";
import { brokenPromises, type ChaosReport, runChaos } from "./run-chaos.ts";

function render({ kills, database, stream, viewers, seconds }: ChaosReport): string {
  const rows: (string | number)[][] = [
    [
      "kill -9",
      Object.entries(kills)
        .map(([victim, times]) => `${victim} ${times}`)
        .join(", "),
    ],
    ["time", `${seconds} s`],
    ["readings produced", database.produced],
  ];
  for (const [where, audit] of [
    ["database", database],
    ["stream", stream],
  ] as const) {
    rows.push([`${where}: stored`, audit.stored], [`${where}: lost`, audit.lost]);
    rows.push([`${where}: stored twice`, audit.storedTwice], [`${where}: out of order`, audit.outOfOrder]);
    rows.push([`${where}: gaps in offsets`, audit.offsetGaps]);
  }
  viewers.forEach((viewer, index) => {
    const { connections, resumes, resyncs, seen, gaps, behind } = viewer;
    rows.push([
      `viewer ${index + 1}`,
      `${connections} connections, ${resumes} resumed, ${resyncs} declared resyncs, ${seen} readings seen, ` +
        `${gaps} undeclared gaps, ${behind} behind at the end`,
    ]);
  });
  return table(rows);
}

const natsServer = findProgram("nats-server");
const { values } = parseArgs({
  options: {
    times: { type: "string", default: "25" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "2000" },
    viewers: { type: "string", default: "3" },
  },
});
if (natsServer === null) process.exitCode = 2;
else {
  const report = await runChaos(
    {
      natsServer,
      seed: Number(values.seed),
      times: Number(values.times),
      rate: Number(values.rate),
      devices: 50,
      viewers: Number(values.viewers),
    },
    (message) => process.stderr.write(`${message}\n`),
  );
  process.stdout.write(render(report));
  const broken = brokenPromises(report);
  for (const promise of broken) process.stderr.write(`BROKEN ${promise}\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
