import type { Attribute, Doubt } from "../model/interval.ts";
import { forever } from "../model/interval.ts";
import { doubt } from "./doubt.ts";
import type { Meaning } from "./names/resolver.ts";

/**
 * Doubts of one issue whether two names mean one thing, by the key that they are read as. Such a doubt lasts until the
 * key is put on or off again, or GitHub shows what is on: then it is told anew.
 */
export class Mistaken {
  private readonly open = new Map<string, Doubt[]>();
  add(key: string, found: Doubt): Doubt {
    this.open.set(key, [...(this.open.get(key) ?? []), found]);
    return found;
  }
  /** Ends those of a key. */
  end(key: string, at: number): void {
    for (const found of this.open.get(key) ?? []) found.to = Math.max(found.from, Math.min(found.to, at));
    this.open.delete(key);
  }
  keys(): string[] {
    return [...this.open.keys()];
  }
}

/** Doubts of one issue what the names that it used meant, until GitHub shows what is on. */
export class Ambiguous {
  private readonly open = new Map<string, Doubt>();
  private readonly attribute: Attribute;
  constructor(attribute: Attribute) {
    this.attribute = attribute;
  }
  /** Notes all that a name may have meant from `since` on, as far as it is not noted; gives what is new. */
  use({ name, others }: Meaning, since: number): Doubt[] {
    return others
      .filter((other) => !this.open.has(other))
      .map((other) => {
        const about = { key: other, value: other };
        const why = `${name} may have been ${other}`;
        const found = doubt(this.attribute, since, forever, "inferred", why, about);
        this.open.set(other, found);
        return found;
      });
  }
  settle(at: number): void {
    for (const found of this.open.values()) found.to = Math.max(found.from, at);
    this.open.clear();
  }
}
