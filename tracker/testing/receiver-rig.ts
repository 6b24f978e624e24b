import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createReceiver, type Told } from "../commands/listen/receiver.ts";
import { type OpenOptions, openHistoryFile } from "../store/open.ts";
import { type Sent, webhookSecret } from "./github/webhooks.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const names = [
  "issues",
  "issue_comment",
  "milestone",
  "label",
  "sub_issues",
  "projects_v2_item",
  "issue_dependencies",
];
type Example = { name: string; examples: Record<string, unknown>[] };
const require = createRequire(import.meta.url);
const folder = join(fileURLToPath(import.meta.resolve("@octokit/webhooks-examples/package.json")), "..");
/** What GitHub publishes as examples of the deliveries that tell of issues. */
export const exampleDeliveries = [
  "api.github.com",
  "ghes-31",
  "ghes-32",
  "ghes-33",
  "ghes-34",
  "ghes-35",
].flatMap((source) =>
  (require(join(folder, source, "index.json")) as Example[])
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, examples }) =>
      examples.map((payload, nth): Sent => ({ id: `${source} ${name} ${nth}`, event: name, payload })),
    ),
);
export const repositoryOf = ({ payload }: Sent) =>
  (payload as { repository?: { full_name: string } }).repository?.full_name ?? null;

/** A receiver over a file that holds these repositories. */
export async function startReceiver(
  repositories: readonly string[],
  now = () => Date.parse("2026-06-01T00:00:00Z"),
  options: OpenOptions = {},
) {
  const path = join(temporaryFolder(), "history.db");
  const file = openHistoryFile(path, { busyTimeout: 50, ...options });
  for (const name of repositories) file.storeFor(name).setRepository(name);
  const log: Told[] = [];
  const app = createReceiver(file, {
    secret: webhookSecret,
    path: "/",
    now,
    onDelivery: (one) => void log.push(one),
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await app.close();
    file.close();
  });
  return { url, file, path, log };
}
