import { OptionError } from "../../options/options.ts";

/** What one message holds, as `toReading` takes it: not yet checked. */
export type MessageRecord = Record<string, unknown>;

/** A message of the broker. */
export interface Message {
  topic: string;
  payload: Uint8Array;
  /** When it came, epoch ms. */
  arrivedAt: number;
}

/** Where a field is found: a word of the topic, something in the payload, or a text that is always the same. */
type Place =
  | { in: "topic"; index: number | null }
  | { in: "payload" | "item"; path: readonly string[] }
  | { in: "key" }
  | { in: "text"; text: string };

const FIELDS = ["source", "metric", "value", "at", "seconds", "seq", "each", "only"] as const;
type Field = (typeof FIELDS)[number];

const EXAMPLE = "source=topic[1] metric=topic[2] value=payload.value";

/** A message is none of those the mapping is for. */
export class MessageError extends Error {
  override name = "MessageError";
}

/**
 * Reads a mapping: fields of a reading and where a message has them, with blanks between. `topic[1]` is the topic's
 * second word; `payload` the JSON, `payload.a.b[0]` something in it; `'text'` is always the same. `each=payload.a`
 * makes a reading of each entry of an object or list, which `key` and `item` then name, `only=a,b` of some entries.
 * Without a mapping the payload is a reading, or a list of them, and without `at` or `seconds` a reading is dated when
 * it came.
 * @throws OptionError
 */
export function parseMapping(text: string): (message: Message) => MessageRecord[] {
  if (text.trim() === "") return asWritten;
  const places = new Map<Field, string>();
  for (const part of text.trim().split(/\s+/)) {
    const [, name = "", place = ""] = /^(\w+)=(.+)$/.exec(part) ?? [];
    const field = FIELDS.find((known) => known === name);
    if (!field) throw wrong(`"${part}" is none of ${FIELDS.join("=, ")}=`);
    if (places.has(field)) throw wrong(`${field}= is there twice`);
    places.set(field, place);
  }
  for (const needed of ["source", "metric", "value"] as const) {
    if (!places.has(needed)) throw wrong(`${needed}= is missing`);
  }
  if (places.has("at") && places.has("seconds")) throw wrong("at= and seconds= both say when");
  return compile(places);
}

function compile(places: ReadonlyMap<Field, string>): (message: Message) => MessageRecord[] {
  const isEach = places.has("each");
  const each = isEach ? parsePlace(places.get("each") ?? "", false) : null;
  const only = places.get("only")?.split(",") ?? null;
  if (only && !each) throw wrong("only= chooses among each=, which is missing");
  const fields = (["source", "metric", "value", "at", "seconds", "seq"] as const).flatMap((field) => {
    const place = places.get(field);
    return place === undefined ? [] : [{ field, place: parsePlace(place, isEach) }];
  });
  return (message) => {
    const payload = parsePayload(message.payload);
    const words = message.topic.split("/");
    return entriesOf(each && find(each, { topic: message.topic, words, payload }), only).map((entry) => {
      const record: MessageRecord = { at: message.arrivedAt };
      for (const { field, place } of fields) {
        const found = find(place, { topic: message.topic, words, payload, ...entry });
        if (field === "seconds") record.at = fromSeconds(found);
        else record[field] = found;
      }
      return record;
    });
  };
}

/** Epoch ms, of seconds in any fineness, also of those written as text; what is none stays, to be refused later. */
function fromSeconds(found: unknown): unknown {
  const seconds = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof seconds === "number" && !Number.isNaN(seconds) ? Math.round(seconds * 1000) : found;
}

function asWritten({ payload, arrivedAt }: Message): MessageRecord[] {
  const parsed = parsePayload(payload);
  return (Array.isArray(parsed) ? parsed : [parsed]).map((record) => {
    if (typeof record !== "object" || record === null) throw new MessageError("the payload holds no reading");
    return { at: arrivedAt, ...record };
  });
}

interface Entry {
  key: string;
  item: unknown;
}

function entriesOf(found: unknown, only: readonly string[] | null): (Entry | null)[] {
  // No each=: the message is one reading.
  if (found === null) return [null];
  if (typeof found !== "object" || found === undefined)
    throw new MessageError("each= names no object or list");
  return Object.entries(found)
    .filter(([key]) => only === null || only.includes(key))
    .map(([key, item]) => ({ key, item }));
}

interface Scope extends Partial<Entry> {
  topic: string;
  words: readonly string[];
  payload: unknown;
}

function find(place: Place, scope: Scope): unknown {
  switch (place.in) {
    case "topic":
      return place.index === null ? scope.topic : scope.words[place.index];
    case "key":
      return scope.key;
    case "text":
      return place.text;
    default:
      return place.path.reduce<unknown>(
        (value, step) =>
          typeof value === "object" && value !== null && Object.hasOwn(value, step)
            ? Reflect.get(value, step)
            : undefined,
        scope[place.in],
      );
  }
}

function parsePlace(text: string, isEach: boolean): Place {
  const quoted = /^'([^']*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return { in: "text", text: quoted };
  if (text === "topic") return { in: "topic", index: null };
  const index = /^topic\[(\d{1,3})\]$/.exec(text)?.[1];
  if (index !== undefined) return { in: "topic", index: Number(index) };
  if (isEach && text === "key") return { in: "key" };
  const [, root, rest = ""] = /^(payload|item)((?:\.[\w:-]+|\[\d{1,6}\])*)$/.exec(text) ?? [];
  if (root === "payload" || (root === "item" && isEach)) {
    return { in: root, path: [...rest.matchAll(/[\w:-]+/g)].map(([step]) => step) };
  }
  const why = /^(key|item)/.test(text) ? "key and item are there with each= alone" : `"${text}" is no place`;
  throw wrong(`${why}; places are topic[1], payload.name[0] and 'text'`);
}

function parsePayload(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (cause) {
    throw new MessageError("the payload is no JSON", { cause });
  }
}

function wrong(why: string): OptionError {
  return new OptionError(`--mqtt-map takes fields and their places, such as "${EXAMPLE}": ${why}`);
}
