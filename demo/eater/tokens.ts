import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { DemoError } from "../errors.ts";
import { useFile } from "../file-lock.ts";
import { orClose } from "../opened.ts";
import { beginUse, type Db, endUse, hasLog, openDatabase, renewEpoch } from "./database.ts";

/** A name is taken, or not one that could be written down. */
export class TokenError extends DemoError<"TOKEN_EXISTS" | "TOKEN_NAME" | "TOKEN_UNKNOWN"> {
  override name = "TokenError";
}

// A token is 256 random bits, so that a plain SHA-256 suffices: there is nothing a slow hash would protect.
export function mintToken(): string {
  return `sct_${randomBytes(32).toString("base64url")}`;
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** @throws TokenError for a name that could not be written down */
export function checkTokenName(name: string): void {
  if (/^[\w.-]{1,64}$/.test(name)) return;
  throw new TokenError("TOKEN_NAME", `token name "${name}": use 1 to 64 letters, digits, . _ or -`);
}

export function nameTaken(name: string): TokenError {
  return new TokenError("TOKEN_EXISTS", `a token named "${name}" exists already; choose another name`);
}

export function nameUnknown(name: string): TokenError {
  return new TokenError(
    "TOKEN_UNKNOWN",
    `no token is named "${name}"; eater token list prints those there are`,
  );
}

export interface TokenHash {
  name: string;
  hash: Buffer;
}

/** The tokens of a store; `now` in epoch ms. */
export interface TokenList {
  /** Makes a token and stores its hash. The token itself is returned this once. @throws TokenError */
  add(name: string, now: number): Promise<string>;
  /** @throws TokenError when there is none of that name */
  remove(name: string): Promise<void>;
  list(): Promise<readonly TokenHash[]>;
}

export function sqliteTokens(db: Db): TokenList {
  return {
    add: async (name, now) => addToken(db, name, now),
    async remove(name) {
      const { changes } = db.prepare("DELETE FROM tokens WHERE name = ?").run(name);
      if (changes === 0) throw nameUnknown(name);
    },
    list: async () => listTokens(db),
  };
}

/** Makes a token under `name` and stores its hash. The token itself is returned this once. @throws TokenError */
export function addToken(db: Db, name: string, now: number): string {
  checkTokenName(name);
  const token = mintToken();
  const { changes } = db
    .prepare("INSERT OR IGNORE INTO tokens VALUES (?, ?, ?)")
    .run(name, hashToken(token), now);
  if (changes === 0) throw nameTaken(name);
  return token;
}

function listTokens(db: Db): TokenHash[] {
  return db.prepare("SELECT name, hash FROM tokens ORDER BY name").all() as TokenHash[];
}

/** The name of the token in an `Authorization: Bearer …` header, or null. Compares in constant time, with every one. */
export function nameOfBearer(header: string | undefined, known: readonly TokenHash[]): string | null {
  const token = /^Bearer +([\w.~+/=-]{1,512})$/i.exec(header ?? "")?.[1];
  if (token === undefined) return null;
  const hash = hashToken(token);
  let found: string | null = null;
  for (const entry of known) if (timingSafeEqual(entry.hash, hash)) found = entry.name;
  return found;
}

/**
 * The tokens in an eater's database. Theirs is the eater's first connection and its last.
 * @throws FileLockError
 */
export function openTokens(file: string) {
  const { db, isStale } = useFile(file, "--db", () => {
    const hadLog = hasLog(file);
    return orClose(openDatabase(file), (opened) => {
      const use = beginUse(opened, hadLog);
      // Offsets that are missing here were given out already, and will be again.
      if (use.isStale) renewEpoch(opened);
      return { db: opened, ...use };
    });
  });
  return {
    /** The file was copied or moved without its log: what was committed last is not in it. */
    isStale,
    all: () => listTokens(db),
    close(): void {
      try {
        endUse(db);
      } catch {
        // A full disk; the log stays beside the file then, and says the same.
      }
      // SQLite folds the log into the database, and one file is left.
      db.close();
    },
  };
}
