import type { Program } from "../options/spec.ts";

const listed = (...lines: string[]) => `\nExamples:\n${lines.map((line) => `  $ ${line}\n`).join("")}`;

/** What stands below the options in each program's help. A test holds every line against the command. */
export const examples: Record<Program | "root" | "token" | "backup", string> = {
  root: `${listed("sprintcast-demo all", "sprintcast-demo eater --help")}
Exit codes: 0 done, 1 internal fault, 2 wrong usage, or a file or folder that
cannot be used, 4 the other side refused, 5 stopped with readings unsent.
`,
  feeder: listed(
    "SPRINTCAST_DEMO_TOKEN=sct_... sprintcast-demo feeder --state .sprintcast/feeder.ndjson --rate 500",
    "SPRINTCAST_DEMO_TOKEN=sct_... sprintcast-demo feeder --from readings.csv",
    "SPRINTCAST_DEMO_TOKEN=sct_... sprintcast-demo feeder --from mqtt://broker.example/hall/# --state .sprintcast/hall.ndjson",
    "cat readings.ndjson | SPRINTCAST_DEMO_TOKEN=sct_... sprintcast-demo feeder --from -",
  ),
  eater: listed(
    "sprintcast-demo eater token add hall-7",
    "sprintcast-demo eater --port 8787 --db .sprintcast/demo.db",
    "sprintcast-demo eater --bus nats://127.0.0.1 --snapshot memcached://127.0.0.1",
    "SPRINTCAST_DEMO_STORE=postgres://eater:secret@db.example/demo sprintcast-demo eater --bus nats://127.0.0.1",
  ),
  backup: listed(
    "sprintcast-demo eater backup backups/demo.db",
    "sprintcast-demo eater --db .sprintcast/demo.db backup backups/demo.db",
  ),
  token: listed(
    "sprintcast-demo eater token add hall-7",
    "sprintcast-demo eater token list",
    "sprintcast-demo eater token remove hall-7",
  ),
  live: listed(
    "sprintcast-demo live --port 8788 --bus nats://127.0.0.1 --snapshot memcached://127.0.0.1",
    "sprintcast-demo live --port 8788 --bus nats://127.0.0.1 --origins https://team.example",
  ),
  all: listed("sprintcast-demo all", "sprintcast-demo all --devices 200 --rate 2000 --db .sprintcast/big.db"),
  record: listed(
    "sprintcast-demo record --seconds 60 run.ndjson",
    "sprintcast-demo record --live-url ws://127.0.0.1:4321/live --seconds 30 content/recordings/03.ndjson",
  ),
  cost: listed(
    "sprintcast-demo cost --readings 1000 --viewers 500 --keep 48h --prices prices.yml",
    "sprintcast-demo cost --readings 40 --json",
  ),
  play: listed("sprintcast-demo play run.ndjson", "sprintcast-demo play --speed 10 run.ndjson"),
};
