import { z } from "zod";
import { postSchema } from "./post-schema.ts";
import { settingsSchema } from "./settings-schema.ts";
import { sprintSchema } from "./sprint-schema.ts";

interface Row {
  key: string;
  type: string;
  fallback: string;
  meaning: string;
}

type Schema = z.core.JSONSchema.BaseSchema;

function typeOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((v) => `\`${v}\``).join(", ");
  const any = schema.anyOf ?? schema.oneOf;
  if (any !== undefined) return any.map((s) => typeOf(s as Schema)).join(" or ");
  if (schema.type === "array")
    return `list of ${schema.items === undefined ? "any" : typeOf(schema.items as Schema)}`;
  if (schema.format === "date") return "day";
  if (schema.format === "uri") return "address";
  return String(schema.type ?? "text");
}

function rowsOf(schema: Schema, prefix: string): Row[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, raw]): Row[] => {
    const property = raw as Schema;
    const inner = property.anyOf?.find((s) => (s as Schema).type === "object") as Schema | undefined;
    const object =
      property.properties !== undefined ? property : inner?.properties !== undefined ? inner : undefined;
    const list = property.type === "array" ? (property.items as Schema | undefined) : undefined;
    const own: Row = {
      key: prefix + name,
      type: typeOf(property),
      fallback: required.has(name)
        ? "required"
        : property.default === undefined
          ? "—"
          : `\`${JSON.stringify(property.default)}\``,
      meaning: property.description ?? "",
    };
    const below =
      object !== undefined
        ? rowsOf(object, `${prefix}${name}.`)
        : list?.properties !== undefined
          ? rowsOf(list, `${prefix}${name}[].`)
          : [];
    return own.fallback.length > 60 ? [{ ...own, fallback: "see below" }, ...below] : [own, ...below];
  });
}

function table(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
  const lines = rowsOf(json, "").map((r) => `| \`${r.key}\` | ${r.type} | ${r.fallback} | ${r.meaning} |`);
  return ["| key | value | default | meaning |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

/** The tables of docs/settings.md by heading, written from the schemas that check the files. */
export function settingsTables(): { heading: string; table: string }[] {
  return [
    { heading: "content/settings.yml", table: table(settingsSchema) },
    { heading: "content/sprints/NN.md", table: table(sprintSchema) },
    { heading: "content/posts/*.md", table: table(postSchema) },
  ];
}
