import { DemoError } from "../errors.ts";
import { fileLockError, lockFile } from "../file-lock.ts";
import { openAll } from "../opened.ts";
import { createQueryThread } from "./query-thread.ts";
import { openQueries } from "./reader.ts";
import type { Store, StoreEvents } from "./store.ts";
import { openTokens } from "./tokens.ts";
import type { WorkerSettings } from "./worker.ts";
import { startWriter, WriterError } from "./writer.ts";

/**
 * Opens a SQLite file with every connection to it. It is this eater's alone: a second one would remember other
 * readings as seen.
 * @throws FileLockError, WriterError
 */
export async function openSqliteStore(
  settings: WorkerSettings,
  { warn }: Pick<StoreEvents, "warn">,
): Promise<Store> {
  const { file } = settings;
  try {
    return await openAll(async (opened) => {
      opened.add(lockFile(file, "--db"));
      // First, so that there is a file for all connections: the readers below open it read-only. Last, because its end
      // may write.
      const tokens = openTokens(file);
      opened.add(tokens.close);
      if (tokens.isStale) {
        warn(null, `${file} was copied or moved without its -wal file: what was committed last is missing`);
      }
      const queries = openQueries(file);
      opened.add(queries.close);
      const questions = createQueryThread(file);
      opened.add(questions.close);
      const writer = await startWriter("worker", settings);
      opened.add(writer.close);
      const stand = () => ({ epoch: queries.epoch(), committed: queries.committed() });
      return {
        writer,
        questions,
        opened: stand(),
        stand: async () => stand(),
        batchAfter: async (offset, limit) => queries.batchAfter(offset, limit),
        tokens: async () => tokens.all(),
        leads: () => true,
        close: opened.close,
      };
    });
  } catch (error) {
    const cause = error instanceof WriterError ? error.cause : error;
    throw cause instanceof DemoError || cause === undefined ? error : fileLockError(file, "--db", cause);
  }
}
