import { Command, InvalidArgumentError } from "commander";
import { table } from "table";
import { findPostgres } from "../testing/start-postgres.ts";
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
    rows.push([`${where}: not yet sent`, audit.unsent]);
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

function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= 1_000_000) return value;
  throw new InvalidArgumentError("expected a whole number from 1 to 1000000.");
}

const program = new Command("npm run chaos --")
  .description(
    "Kills feeder, eater, live process and nats-server at random under load, with --postgres a second eater and PostgreSQL as well, and prints what became of it.",
  )
  .option("--times <number>", "how often each is killed", count, 25)
  .option("--seed <number>", "of the plan of kills", count, 1)
  .option("--rate <number>", "readings a second", count, 2000)
  .option("--viewers <number>", "viewers that watch all along", count, 3)
  .option("--postgres", "two eaters on PostgreSQL instead of one on SQLite")
  .addHelpText(
    "after",
    "\nExit codes: 0 every promise was kept; 1 one was broken; 2 no nats-server or PostgreSQL, or wrong usage.",
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const { postgres: isShared = false, ...wanted } = program.opts<{
  times: number;
  seed: number;
  rate: number;
  viewers: number;
  postgres?: boolean;
}>();
const natsServer = findProgram("nats-server");
const postgres = isShared ? findPostgres() : null;
if (natsServer === null)
  program.error("error: nats-server is not on the PATH; install it (apt install nats-server)");
else if (isShared && postgres === null)
  program.error("error: PostgreSQL is not installed (apt install postgresql)");
else {
  const report = await runChaos({ natsServer, postgres, devices: 50, ...wanted }, (message) =>
    process.stderr.write(`${message}\n`),
  );
  process.stdout.write(render(report));
  const broken = brokenPromises(report);
  for (const promise of broken) process.stderr.write(`BROKEN ${promise}\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
