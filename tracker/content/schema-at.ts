import { z } from "zod";

type Schema = z.core.$ZodType;

/** As far as our schemas go. */
interface Def {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  valueType?: Schema;
  innerType?: Schema;
  options?: readonly Schema[];
  in?: Schema;
  out?: Schema;
  defaultValue?: unknown;
  entries?: Record<string, string>;
  format?: string;
}

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

/** The schema itself, and those that it only wraps or leaves a choice of. */
function unwrapped(schema: Schema): Schema[] {
  const { type, innerType, options = [], in: before, out } = defOf(schema);
  const below = [
    innerType,
    ...options,
    type === "pipe" ? before : undefined,
    type === "pipe" ? out : undefined,
  ];
  return [schema, ...below.flatMap((one) => (one === undefined ? [] : unwrapped(one)))];
}

/** What may stand at a path below a schema. */
export function schemasAt(schema: Schema, path: readonly PropertyKey[]): Schema[] {
  return path.reduce<Schema[]>(
    (found, key) =>
      found.flatMap(unwrapped).flatMap((one) => {
        const { shape, element, valueType } = defOf(one);
        const named = shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : undefined;
        return named ?? (typeof key === "number" ? element : valueType) ?? [];
      }),
    [schema],
  );
}

/** The keys that are known there; none where any are. */
export const keysAt = (schema: Schema, path: readonly PropertyKey[]): string[] => [
  ...new Set(
    schemasAt(schema, path)
      .flatMap(unwrapped)
      .flatMap((one) => Object.keys(defOf(one).shape ?? {})),
  ),
];

/** Values that a schema takes, the most telling first: those it names, its default, and the plainest of its kind. */
export function examplesOf(schema: Schema): unknown[] {
  const all = unwrapped(schema);
  return [
    ...all.flatMap((one) => z.globalRegistry.get(one)?.examples ?? []),
    ...all.map((one) => defOf(one).defaultValue),
    ...all.map(plainest),
  ].filter(isTelling);
}

const isTelling = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.keys(value).length > 0
    : value !== undefined && value !== null && value !== "";

const texts: Record<string, string> = {
  date: "2026-01-05",
  datetime: "2026-01-05T09:00:00Z",
  url: "https://example.org",
};

const isOptional = (schema: Schema): boolean =>
  unwrapped(schema).some((one) => ["optional", "default", "prefault"].includes(defOf(one).type));

function plainest(schema: Schema): unknown {
  const { type, shape, element, valueType, entries, format = "" } = defOf(schema);
  if (type === "string") return texts[format] ?? "Some words";
  if (type === "number") return 1;
  if (type === "boolean") return true;
  if (type === "enum") return Object.values(entries ?? {})[0];
  if (type === "array" && element !== undefined) return examplesOf(element).slice(0, 1);
  if (type === "record" && valueType !== undefined) return { name: examplesOf(valueType)[0] };
  if (type !== "object") return undefined;
  const keys = Object.entries(shape ?? {});
  const needed = keys.filter(([, one]) => !isOptional(one));
  const shown = needed.length > 0 ? needed : keys.slice(0, 1);
  return Object.fromEntries(shown.map(([key, one]) => [key, examplesOf(one)[0]]));
}
