import { ignored, needed, type PackageJson } from "./plan.ts";
import { quoted, safeText } from "./safe-text.ts";
import { astroVersion } from "./versions.ts";
import { home } from "./workflow.ts";

/** What a file that was there already lacks, as advice for a person; null where nothing is missing. It is never changed. */
export function missingFrom(path: string, text: string | null): string | null {
  if (text === null) return "It is no file that can be read. Move it away, then run this again.";
  if (path === "package.json") return missingFromPackage(text);
  if (path === ".gitignore") return missingFromIgnored(text);
  if (path.startsWith("astro.config."))
    return /@sprintcast\/site/.test(text) ? null : `Add the site to it:\n${astroSnippet}`;
  if (/\/settings\.ya?ml$/i.test(path) && !path.endsWith("/settings.yml"))
    return "Settings are read from settings.yml alone. Rename it, then run this again.";
  if (path === ".github/workflows/publish.yml")
    return /\bsprintcast\b/.test(text)
      ? null
      : `It is a workflow of your own. The one that publishes the reviews, for another file name:\n  https://github.com/${home}/blob/main/docs/publishing.md`;
  return null;
}

const astroSnippet = `  import sprintcast from "@sprintcast/site";
  integrations: [sprintcast()],`;

function missingFromPackage(text: string): string | null {
  const found = parsePackage(text);
  if (found === null)
    return "It is not a JSON object, without comments or a comma after its last entry, so npm cannot read it. Fix it, then run this again.";
  const dependencies = { ...found["devDependencies"], ...found["dependencies"] };
  const scripts = found["scripts"] ?? {};
  const lacking: Partial<Record<keyof PackageJson, Record<string, string>>> = {};
  for (const [field, present] of [
    ["scripts", scripts],
    ["dependencies", dependencies],
  ] as const) {
    const absent = Object.entries(needed[field]).filter(([name]) => !Object.hasOwn(present, name));
    if (absent.length > 0) lacking[field] = Object.fromEntries(absent);
  }
  const taken = Object.entries(needed.scripts).filter(
    ([name, command]) => Object.hasOwn(scripts, name) && !String(scripts[name]).includes(command),
  );
  const astro = typeof dependencies["astro"] === "string" ? dependencies["astro"] : astroVersion;
  const major = (range: string): string | undefined => /\d+/.exec(range)?.[0];
  const parts = [
    Object.keys(lacking).length === 0 ? "" : `Add to it:\n${indented(JSON.stringify(lacking, null, 2))}`,
    ...taken.map(
      ([name, command]) =>
        `Its script ${quoted(name)} stays ${quoted(String(scripts[name]))}; for the reviews run npx ${command}`,
    ),
    major(astro) === major(astroVersion)
      ? ""
      : `It asks for astro ${quoted(astro)}; the site needs ${astroVersion}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join("\n");
}

function parsePackage(text: string): Record<string, Record<string, unknown> | undefined> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const objects = Object.entries(value).filter(([, field]) => typeof field === "object" && field !== null);
    return Object.fromEntries(objects);
  } catch {
    return null;
  }
}

function missingFromIgnored(text: string): string | null {
  const bare = (line: string): string => line.trim().replace(/^\/|\/$/g, "");
  const lines = new Set(text.split(/\r?\n/).map(bare));
  const absent = ignored.filter((line) => !lines.has(bare(line)));
  return absent.length === 0 ? null : `Add to it:\n${indented(absent.join("\n"))}`;
}

const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => `  ${safeText(line)}`)
    .join("\n");
