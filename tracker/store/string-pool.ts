import type { Database } from "better-sqlite3";
import type { Migration } from "./migrate.ts";

/** Names that recur (logins, labels, milestone titles, kinds of events) are kept once and meant by number. */
export const wordMigrations: Migration[] = [
  { name: "words-1", up: "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)" },
];

export interface Words {
  /** The number of a name; a new name is written, so call it within a write transaction. */
  id(text: string): number;
  /** The number of a name, or null where it was never seen. */
  find(text: string): number | null;
  text(id: number): string;
  /** After a rollback the remembered numbers may never have been written. */
  forget(): void;
}

export function words(db: Database): Words {
  const ids = new Map<string, number>();
  const texts = new Map<number, string>();
  const insert = db.prepare("INSERT INTO word (text) VALUES (?)");
  const byText = db.prepare("SELECT id FROM word WHERE text = ?").pluck();
  const byId = db.prepare("SELECT text FROM word WHERE id = ?").pluck();

  function remember(text: string, id: number): number {
    ids.set(text, id);
    texts.set(id, text);
    return id;
  }
  function find(text: string): number | null {
    const known = ids.get(text);
    if (known !== undefined) return known;
    const id = byText.get(text) as number | undefined;
    return id === undefined ? null : remember(text, id);
  }
  return {
    find,
    id: (text) => find(text) ?? remember(text, Number(insert.run(text).lastInsertRowid)),
    text(id) {
      const known = texts.get(id);
      if (known !== undefined) return known;
      const text = byId.get(id) as string;
      remember(text, id);
      return text;
    },
    forget() {
      ids.clear();
      texts.clear();
    },
  };
}
