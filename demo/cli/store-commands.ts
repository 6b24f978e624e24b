import { postgresAccess } from "../app/postgres-access.ts";
import { backUp } from "../eater/backup.ts";
import { type Db, endUse, openDatabase } from "../eater/database.ts";
import { usePostgresTokens } from "../eater/postgres/store.ts";
import { checkTokenName, sqliteTokens, type TokenList } from "../eater/tokens.ts";
import { DemoError, type ExitCode } from "../errors.ts";
import { fileLockError, lockFile, mustExist, useFile } from "../file-lock.ts";
import { defaultOptions, OptionError, type OptionValues } from "../options/options.ts";
import { counted } from "../view/units.ts";
import type { ProcessIo } from "./process.ts";

/** Adds, removes or lists tokens in the eater's database; a running eater sees the change within a second. @throws DemoError */
export async function token(
  verb: "add" | "remove" | "list",
  name: string,
  given: Partial<OptionValues>,
  io: ProcessIo,
): Promise<ExitCode> {
  const values = { ...defaultOptions(), ...given };
  const manage = async (tokens: TokenList) => {
    if (verb === "remove") await tokens.remove(name);
    else if (verb === "list") {
      const known = await tokens.list();
      for (const { name } of known) io.stdout.write(`${name}\n`);
      if (known.length === 0) io.stderr.write("no tokens yet; eater token add NAME makes one\n");
    } else {
      checkTokenName(name);
      io.stdout.write(`${await tokens.add(name, Date.now())}\n`);
    }
  };
  const access = postgresAccess(values);
  if (access) await usePostgresTokens(access, manage);
  else await useSqliteTokens(values.db, verb, manage);
  return 0;
}

async function useSqliteTokens(
  file: string,
  verb: "add" | "remove" | "list",
  manage: (tokens: TokenList) => Promise<void>,
): Promise<void> {
  if (verb !== "add") mustExist(file, "--db");
  const db = useFile(file, "--db", () => openDatabase(file));
  try {
    await manage(sqliteTokens(db)).catch((error) => {
      throw error instanceof DemoError ? error : fileLockError(file, "--db", error);
    });
  } finally {
    closeUnused(db, file);
  }
}

/** An eater that crashed has left its log; it is folded into the database now, where no eater works in it. */
function closeUnused(db: Db, file: string): void {
  let release = (): void => {};
  try {
    release = lockFile(file, "--db", 0);
    endUse(db);
  } catch {
    // An eater works in it, or the disk is full: the log stays beside the file.
  } finally {
    db.close();
    release();
  }
}

/** Copies the eater's database, also while an eater works in it. @throws FileLockError, OptionError */
export async function backup(copy: string, given: Partial<OptionValues>, io: ProcessIo): Promise<ExitCode> {
  const { db: file, store } = { ...defaultOptions(), ...given };
  if (store !== null) {
    throw new OptionError(
      "eater backup copies a SQLite file; of a PostgreSQL database take one with pg_dump",
    );
  }
  mustExist(file, "--db");
  const { readings, offset } = await backUp(file, copy).catch((error) => {
    throw fileLockError(file, "--db", error);
  });
  io.stdout.write(`${copy}: ${counted(readings, "reading")}, up to offset ${offset}\n`);
  return 0;
}
