import { once } from "node:events";
import { resolve } from "node:path";
import { Command } from "commander";
import { exitCodes, StoreError, UsageError } from "../../errors.ts";
import type { Io, Verb } from "../../io.ts";
import { safeText } from "../../render/safe-text.ts";
import { openHistoryFile } from "../../store/open.ts";
import { createReceiver, type Outcome, type Told } from "./receiver.ts";

interface Options {
  db: string;
  host: string;
  port: string;
  path: string;
  json?: boolean;
}

export const listenVerb: Verb = (io) =>
  new Command("listen")
    .description(
      "Takes GitHub's webhooks until it is stopped, so that changes which GitHub keeps no history of (iterations, and " +
        "statuses without an event) are known to the second. It replaces no sync: run that beside it, as always.",
    )
    .option("--port <number>", "port; 0 takes a free one", "8080")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--path <path>", "path of the webhook", "/")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--json", "print each delivery as a line of JSON (sprintcast/delivery@1)")
    .addHelpText(
      "after",
      "\nEnvironment:\n" +
        "  SPRINTCAST_WEBHOOK_SECRET\n" +
        "                  the webhook's secret, as it is set at GitHub; needed\n" +
        "\nExamples:\n  $ SPRINTCAST_WEBHOOK_SECRET=… sprintcast listen\n" +
        "  $ SPRINTCAST_WEBHOOK_SECRET=… sprintcast listen --host 0.0.0.0 --path /github",
    )
    .action((options: Options) => listen(io, options));

function secretFrom({ env }: Io): string {
  const secret = env.SPRINTCAST_WEBHOOK_SECRET?.trim() ?? "";
  if (secret.length >= 8) return secret;
  const found = secret === "" ? "is not set" : "is shorter than 8 characters";
  throw new UsageError("webhook-secret", `SPRINTCAST_WEBHOOK_SECRET ${found}`, {
    hint: "Make one (openssl rand -hex 32), set it here, and as the webhook's secret at GitHub. Without it anybody could write history.",
  });
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError("port-form", `--port ${JSON.stringify(safeText(text))} is not a port`, {
    hint: "Write a number from 0 to 65535.",
  });
}

function pathFrom(text: string): string {
  if (/^\/[\w./-]*$/.test(text) && text !== "/healthz") return text;
  throw new UsageError(
    "path-form",
    `--path ${JSON.stringify(safeText(text))} is not a path for the webhook`,
    {
      hint: "Write one such as /github: letters, digits, dots and dashes. /healthz is taken.",
    },
  );
}

async function listen(io: Io, options: Options): Promise<void> {
  const secret = secretFrom(io);
  const address = { host: options.host, port: portFrom(options.port) };
  const path = pathFrom(options.path);
  const file = openHistoryFile(resolve(io.cwd, options.db), {
    mustExist: true,
    busyTimeout: 200,
    cacheMiB: 4,
  });
  try {
    const held = file.stores().map((store) => store.repository() ?? "");
    if (held.length === 0)
      throw new StoreError("store-missing", `${options.db} holds no history yet`, {
        hint: "Fetch it first with npx sprintcast sync, or name the right file with --db.",
        exitCode: exitCodes.usage,
      });
    const onDelivery = (told: Told) => io.out(lineOf(told, options.json ?? false, io.now()));
    const app = createReceiver(file, { secret, path, now: io.now, onDelivery });
    try {
      const origin = await app.listen(address).catch((cause: NodeJS.ErrnoException) => {
        throw new UsageError(
          "listen-refused",
          `cannot listen on ${address.host}:${address.port} (${cause.code ?? cause.message})`,
          {
            hint: "Another program may have the port; name another with --port or --host.",
            cause,
          },
        );
      });
      io.err(`listening at ${origin}${path} for ${held.map(safeText).join(", ")}; stop with Ctrl-C\n`);
      if (!io.signal.aborted) await once(io.signal, "abort");
    } finally {
      await app.close();
    }
  } finally {
    file.close();
  }
}

const words: Record<Outcome, string> = {
  kept: "kept",
  known: "known already",
  nothing: "tells nothing of sprints",
  other: "of a repository that the database does not hold",
  unread: "not read",
  refused: "refused: not signed with the secret",
  busy: "not kept: the database is busy",
  failed: "not kept; deliver it again at GitHub once that is mended",
};

function lineOf(
  { outcome, id, event, action, repository, problem }: Told,
  asJson: boolean,
  now: number,
): string {
  const at = new Date(now).toISOString();
  if (asJson)
    return `${JSON.stringify({ schema: "sprintcast/delivery@1", at, outcome, id, event, action, repository, problem })}\n`;
  const what = [event, action, repository].filter((word) => word).map((word) => safeText(String(word)));
  const why = problem === undefined ? "" : ` (${safeText(problem)})`;
  return `${at} ${[...what, ""].join(" ")}${words[outcome]}${why}\n`;
}
