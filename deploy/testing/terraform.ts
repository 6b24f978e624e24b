import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";

/** One kind of block by type and name, or by name alone, as HCL's JSON has it: each a list of one. */
type Blocks = Record<string, Record<string, unknown[]>>;

export interface Module {
  variable: Record<string, [{ description?: string; type?: string; default?: unknown }]>;
  output: Record<string, [{ description?: string; value: string }]>;
  resource: Blocks;
  data: Blocks;
  locals: Record<string, unknown>;
  providers: Record<string, { source: string; version: string }>;
  /** All files, one after the other. */
  text: string;
}

/** Reads the `.tf` files of a folder. @throws for what is no HCL */
export async function readModule(folder: string): Promise<Module> {
  const module: Module = {
    variable: {},
    output: {},
    resource: {},
    data: {},
    locals: {},
    providers: {},
    text: "",
  };
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".tf"))) {
    const text = readFileSync(join(folder, name), "utf8");
    const parsed = await parse(name, text);
    module.text += text;
    for (const kind of ["variable", "output"] as const) Object.assign(module[kind], parsed[kind]);
    for (const kind of ["resource", "data"] as const) {
      for (const [type, blocks] of Object.entries(parsed[kind] ?? {})) {
        module[kind][type] = { ...module[kind][type], ...(blocks as Record<string, unknown[]>) };
      }
    }
    Object.assign(module.locals, parsed.locals?.[0]);
    Object.assign(module.providers, parsed.terraform?.[0]?.required_providers?.[0]);
  }
  return module;
}

/** What an expression of the module refers to and the module does not have. */
export function danglingReferences({ text, variable, resource, data, locals }: Module): string[] {
  const code = text.replace(/^\s*#.*$/gm, "").replace(/"(?:[^"\\$\n]|\\.|\$(?!\{))*"/g, '""');
  const has = (blocks: Blocks, type: string, name: string) => blocks[type]?.[name] !== undefined;
  const missing = [
    ...[...code.matchAll(/\bvar\.(\w+)/g)].filter(([, name = ""]) => !variable[name]),
    ...[...code.matchAll(/\blocal\.(\w+)/g)].filter(([, name = ""]) => !(name in locals)),
    ...[...code.matchAll(/\bdata\.(\w+)\.(\w+)/g)].filter(
      ([, type = "", name = ""]) => !has(data, type, name),
    ),
    ...[...code.matchAll(/(?<!data\.)\b(google_\w+)\.(\w+)/g)].filter(
      ([, type = "", name = ""]) => !has(resource, type, name),
    ),
  ];
  return missing.map(([whole]) => whole);
}
