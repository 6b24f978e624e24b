import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { discardBare } from "./discard.ts";
import { openHistoryFile, openStore } from "./open.ts";

const fileIn = () => join(temporaryFolder(), "h.db");
const left = (file: string) => readdirSync(dirname(file));

test("a database into which nothing was read leaves nothing behind", () => {
  const file = fileIn();
  openHistoryFile(file).close();
  expect(discardBare(file)).toBe(true);
  expect(left(file)).toEqual([]);
});

test("so does one of which only the empty file was made", () => {
  const file = fileIn();
  writeFileSync(file, "");
  expect(discardBare(file)).toBe(true);
  expect(left(file)).toEqual([]);
});

test("one that holds a repository stays, whole, and can be used as before", () => {
  const file = fileIn();
  const store = openStore(file);
  store.setRepository("a/b");
  store.close();
  expect(discardBare(file)).toBe(false);
  const again = openStore(file);
  expect(again.repository()).toBe("a/b");
  again.close();
});

test("one whose second repository alone has a history stays", () => {
  const file = fileIn();
  const opened = openHistoryFile(file);
  opened.storeFor("a/b").setRepository("a/b");
  opened.storeFor("c/d").setRepository("c/d");
  opened.close();
  new Database(file).exec("DELETE FROM sync_state").close();
  expect(discardBare(file)).toBe(false);
  expect(existsSync(file)).toBe(true);
});

test("one that another process has open stays: it may be about to write", () => {
  const file = fileIn();
  const other = openStore(file);
  expect(discardBare(file)).toBe(false);
  other.setRepository("a/b");
  other.close();
  const again = openStore(file, { mustExist: true });
  expect(again.repository()).toBe("a/b");
  again.close();
});

test.each([
  ["no database", "my notes"],
  ["another program's database", null],
])("%s is left as it is", (_, text) => {
  const file = fileIn();
  if (text === null) new Database(file).exec("CREATE TABLE mine (x)").close();
  else writeFileSync(file, text);
  expect(discardBare(file)).toBe(false);
  expect(left(file)).toEqual(["h.db"]);
});

test("what is not there is not made", () => {
  const file = fileIn();
  expect(discardBare(file)).toBe(false);
  expect(left(file)).toEqual([]);
});
