/** What the workflow asks for, checked. Paths are relative and stay inside the repository. */
export interface Inputs {
  command: "publish" | "report";
  /** Folder with package.json; "." is the repository's top. */
  path: string;
  content: string;
  /** Version or tag of the packages; null: those of the lock file. */
  version: string | null;
  /** null: the sprint that runs, else the last one that began. */
  sprint: string | null;
  /** The site's folder (publish), or the report's file (report). */
  out: string;
  sync: boolean;
}

/** Something that whoever wrote the workflow can mend. */
export class ActionError extends Error {}

/** Reads INPUT_COMMAND and its like; text from outside goes no further unchecked. Throws ActionError that names all that is wrong. */
export function readInputs(env: Record<string, string | undefined>): Inputs {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined, expected: string): T => {
    const text = env[`INPUT_${name.toUpperCase()}`] ?? "";
    const value = parse(text);
    if (value === undefined) problems.push(`${name} is ${JSON.stringify(text)}, expected ${expected}`);
    return value as T;
  };
  const command = read("command", oneOf("publish", "report"), "publish or report");
  const inputs: Inputs = {
    command,
    path: read("path", (text) => relativePath(text, true), "a folder inside the repository"),
    content: read("content", (text) => relativePath(text), "a folder inside the repository, such as content"),
    version: read("version", versionIn, "a version or a tag of the packages, such as 0.1.0 or latest"),
    sprint: read("sprint", sprintIn, "a sprint's number, such as 3, or of one of several teams api/3"),
    out: read(
      "out",
      (text) => relativePath(text || (command === "report" ? "sprintcast-report.json" : "dist")),
      "a path inside the repository",
    ),
    sync: read("sync", oneOf("true", "false"), "true or false") === "true",
  };
  if (command === "publish" && problems.length === 0 && holds(inputs.out, inputs.content))
    problems.push(
      `out is ${JSON.stringify(inputs.out)}: a build empties that folder, and the content is in it`,
    );
  if (problems.length > 0) throw new ActionError(problems.join("\n"));
  return inputs;
}

const oneOf =
  <T extends string>(...words: T[]) =>
  (text: string): T | undefined =>
    words.find((word) => word === text);

/** Letters, digits, blanks and ._@-/ alone: no shell, workflow file or git reads more into them. */
function relativePath(text: string, mayBeTop = false): string | undefined {
  const path = text.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  if (mayBeTop && (path === "." || path === "")) return ".";
  const plain = /^[\p{L}\p{M}\p{N} ._@/-]+$/u.test(path) && path.trim() === path;
  const inside = path.split("/").every((part) => !/^(-|\.{0,2}$)/.test(part));
  return plain && inside ? path : undefined;
}

/** No address and no file: a name that npm looks up in the registry. */
const versionIn = (text: string): string | null | undefined =>
  text === "" ? null : /^[\w^~][\w.^~+-]*$/.test(text) ? text : undefined;

/** A team's name is one argument: none that would be an option, or mean something to a shell. */
const sprintIn = (text: string): string | null | undefined =>
  text === ""
    ? null
    : /^([^-\p{C}\s'"`$\\;|<>][^\p{C}'"`$\\;|<>]*\/)?[1-9]\d{0,5}$/u.test(text)
      ? text
      : undefined;

const holds = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}/`);
