import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

type Path = readonly PropertyKey[];

/** What a YAML text says, and where. */
export interface WrittenYaml {
  value: unknown;
  /** 1-based line of what stands at a path, or of what should have held it; null in an empty text. */
  lineAt(path: Path): number | null;
  /** A single value letter for letter: 1.10, which as a number is 1.1. Null: none is there. */
  sourceAt(path: Path): string | null;
}

/** More than this is no settings file, and would keep the parser busy for minutes: it compares every key with all others. */
const longestYaml = 100_000;

/** Reads a text of one YAML document. Throws Error in plain words, with the line. */
export function readYaml(text: string): WrittenYaml {
  if (text.length > longestYaml)
    throw new Error(`it has ${text.length} characters, expected at most ${longestYaml}`);
  const lines = new LineCounter();
  // At "silent" the library would leave out a second document without a word.
  const document = parseDocument(text, { logLevel: "error", lineCounter: lines });
  const [problem] = [...document.errors, ...document.warnings].filter((one) => !isLastMark(one, text));
  if (problem !== undefined) {
    const [start] = problem.pos;
    throw new Error(`${problemText(problem, text.slice(start))} (line ${lines.linePos(start).line})`, {
      cause: problem,
    });
  }
  return {
    value: document.toJS(),
    lineAt: (path) => {
      const { offset } = placeOf(document, path);
      return offset === null ? null : lines.linePos(offset).line;
    },
    sourceAt: (path) => {
      const { node } = placeOf(document, path);
      return isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

interface Problem {
  code: string;
  message: string;
  pos: [number, number];
}

/** A last line of dashes begins a document that never comes: comments are all that stands below it. */
const isLastMark = ({ code, pos }: Problem, text: string): boolean =>
  code === "MULTIPLE_DOCS" &&
  text
    .slice(pos[0])
    .replace(/^---/, "")
    .split("\n")
    .every((line) => /^\s*(#|$)/.test(line));

function problemText({ code, message }: Problem, at: string): string {
  if (code === "DUPLICATE_KEY") {
    const [key = ""] = at.split(":", 1);
    return `the key ${key.trimEnd()} is there twice`;
  }
  if (code === "TAB_AS_INDENT") return "a line begins with a tab, expected blanks";
  if (code === "MULTIPLE_DOCS") return 'a line "---" begins a second document, expected one';
  if (message.startsWith("Nested mappings")) return 'a value with ": " in it needs quotes around it';
  // The library goes on with the place, and a picture of it.
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}

/** What stands at a path; where the text ends sooner, the last that is there. */
function placeOf(document: Document, path: Path): { node: unknown; offset: number | null } {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? null;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key))
      : undefined;
    const entry = isSeq(node) ? node.items[Number(key)] : undefined;
    const at = ((pair?.key ?? entry) as Node | undefined)?.range?.[0];
    if (at === undefined) return { node: undefined, offset };
    offset = at;
    node = pair === undefined ? entry : pair.value;
  }
  return { node, offset };
}
