import { copyFileSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type Db, openDatabase, readEpoch, readMark, writeMark } from "./database.ts";
import { checkTokenName, hashToken, mintToken, nameOfBearer, openTokens, sqliteTokens } from "./tokens.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
  file = join(folder, "eater.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function database(path = file): Db {
  const db = openDatabase(path);
  onTestFinished(() => void db.close());
  return db;
}

const AT = 1_790_000_000_000;

describe("a token", () => {
  it("is 256 bits that no other has, in signs that need no escape", () => {
    const tokens = Array.from({ length: 100 }, mintToken);
    expect(new Set(tokens).size).toBe(100);
    // 32 bytes are 43 signs of 6 bits.
    for (const token of tokens) expect(token).toMatch(/^sct_[A-Za-z0-9_-]{43}$/);
  });

  it("opens the door from when it is made until it is removed, and then no more", async () => {
    const tokens = sqliteTokens(database());
    const press = await tokens.add("press", AT);
    const oven = await tokens.add("oven", AT);
    const nameOf = async (token: string) => nameOfBearer(`Bearer ${token}`, await tokens.list());
    expect(await nameOf(press)).toBe("press");
    expect(await nameOf(oven)).toBe("oven");
    await tokens.remove("press");
    expect(await nameOf(press)).toBeNull();
    expect(await nameOf(oven)).toBe("oven");

    const again = await tokens.add("press", AT);
    expect(await nameOf(again)).toBe("press");
    expect(await nameOf(press)).toBeNull();
  });

  it("stands nowhere in the store, which has its SHA-256 alone", async () => {
    const db = database();
    const token = await sqliteTokens(db).add("press", AT);
    expect(db.prepare("SELECT * FROM tokens").all()).toEqual([
      { name: "press", hash: hashToken(token), created_at: AT },
    ]);
    db.pragma("wal_checkpoint(TRUNCATE)");
    const stored = readFileSync(file);
    expect(stored.includes(hashToken(token))).toBe(true);
    expect(stored.includes(token.slice("sct_".length))).toBe(false);
  });

  it("is kept when another would take its name, or leave by a name that is none", async () => {
    const tokens = sqliteTokens(database());
    const token = await tokens.add("press", AT);
    await expect(tokens.add("press", AT)).rejects.toMatchObject({
      code: "TOKEN_EXISTS",
      message: expect.stringContaining('"press"'),
    });
    for (const name of ["Press", "pres", "%", "press "])
      await expect(tokens.remove(name)).rejects.toMatchObject({
        code: "TOKEN_UNKNOWN",
        message: expect.stringContaining(`"${name}"`),
      });
    expect(nameOfBearer(`Bearer ${token}`, await tokens.list())).toBe("press");
    // Another name, though it looks alike.
    await tokens.add("Press", AT);
    expect((await tokens.list()).map(({ name }) => name)).toEqual(["Press", "press"]);
  });
});

describe("a token's name", () => {
  it.each(["a", "press-1", "Press_2.north", "0", "x".repeat(64)])("may be %j", (name) => {
    expect(() => checkTokenName(name)).not.toThrow();
  });

  it.each(["", " ", "a b", "a\n", "ä", "a/b", "'; DROP TABLE tokens", "x".repeat(65)])(
    "may not be %j, and none is made under it",
    async (name) => {
      const tokens = sqliteTokens(database());
      await expect(tokens.add(name, AT)).rejects.toMatchObject({ code: "TOKEN_NAME" });
      expect(await tokens.list()).toEqual([]);
    },
  );
});

describe("the bearer of a token", () => {
  const token = mintToken();
  const known = [
    { name: "other", hash: hashToken(mintToken()) },
    { name: "press", hash: hashToken(token) },
    { name: "third", hash: hashToken(mintToken()) },
  ];

  it.each([
    ["as it is usual", `Bearer ${token}`],
    ["with the scheme in other letters, as HTTP allows", `bEARER ${token}`],
    ["with more blanks, as HTTP allows", `Bearer   ${token}`],
  ])("is known %s", (_, header) => {
    expect(nameOfBearer(header, known)).toBe("press");
  });

  it.each([
    ["without a header", undefined],
    ["with an empty one", ""],
    ["with the scheme alone", "Bearer "],
    ["without the scheme", token],
    ["with another scheme", `Basic ${token}`],
    ["with a part of a token", `Bearer ${token.slice(0, -1)}`],
    ["with more than a token", `Bearer ${token}A`],
    ["with two", `Bearer ${token}, Bearer ${token}`],
    ["with a token in other letters", `Bearer ${token.toUpperCase()}`],
    ["with its hash, as the store has it", `Bearer ${hashToken(token).toString("base64url")}`],
    ["with more than any token has", `Bearer ${"A".repeat(100_000)}`],
  ])("is nobody %s", (_, header) => {
    expect(nameOfBearer(header, known)).toBeNull();
  });

  it("is nobody where no token is known", () => {
    expect(nameOfBearer(`Bearer ${token}`, [])).toBeNull();
  });
});

describe("an eater's database is opened", () => {
  /** What the eater did with it: 7 offsets given out. */
  const writeDown = (db: Db) => writeMark(db, "committed", 7);

  /** Opens the file as an eater does, and says what it finds. */
  function look(path: string) {
    const tokens = openTokens(path);
    const db = openDatabase(path);
    const found = { isStale: tokens.isStale, epoch: readEpoch(db), committed: readMark(db, "committed") };
    db.close();
    tokens.close();
    return found;
  }

  it("in its epoch, once it was closed, however often and wherever it was moved to", () => {
    const first = look(file);
    expect(first.isStale).toBe(false);
    const db = openDatabase(file);
    writeDown(db);
    db.close();
    const copy = join(folder, "copy.db");
    copyFileSync(file, copy);
    for (const path of [file, file, copy])
      expect(look(path)).toEqual({ isStale: false, epoch: first.epoch, committed: 7 });
  });

  it("in its epoch after its process was killed, as its log still lies beside it", () => {
    const { epoch } = look(file);
    const killed = openTokens(file);
    const db = openDatabase(file);
    writeDown(db);
    const copy = join(folder, "left.db");
    for (const ending of ["", "-wal"]) copyFileSync(`${file}${ending}`, `${copy}${ending}`);
    expect(look(copy)).toEqual({ isStale: false, epoch, committed: 7 });
    db.close();
    killed.close();
  });

  it("in a new epoch where it was copied from under a running eater without its log", () => {
    const { epoch } = look(file);
    const running = openTokens(file);
    const db = openDatabase(file);
    writeDown(db);
    const copy = join(folder, "copy.db");
    copyFileSync(file, copy);
    const found = look(copy);
    expect(found).toMatchObject({ isStale: true, committed: 0 });
    expect(found.epoch).not.toBe(epoch);
    // From then on it is as good as any.
    expect(look(copy)).toEqual({ ...found, isStale: false });
    expect(readEpoch(db)).toBe(epoch);
    db.close();
    running.close();
  });
});
