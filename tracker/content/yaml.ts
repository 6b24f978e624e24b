import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";

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
  const placeAt = placesOf(document, lines);
  return {
    value: document.toJS(),
    lineAt: (path) => {
      const { offset } = placeAt(path);
      return offset === null ? null : lines.linePos(offset).line;
    },
    sourceAt: (path) => {
      const { node } = placeAt(path);
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

/** What each alias stands for. Throws Error where one is within what it stands for, which never ends. */
function aliasesOf(document: Document, lines: LineCounter): Map<Alias, Node> {
  const named = new Map<string, Node>();
  const meant = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node, above) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) named.set(node.anchor, node);
        return;
      }
      const target = named.get(node.source);
      if (target === undefined) return;
      if (above.includes(target)) {
        const { line } = lines.linePos(node.range?.[0] ?? 0);
        throw new Error(`*${node.source} stands within what it names (line ${line})`);
      }
      meant.set(node, target);
    },
  });
  return meant;
}

/** Of keys that are there twice, the first. */
function pairsOf({ items }: YAMLMap): Map<string, Pair> {
  const named = items.flatMap((one): [string, Pair][] =>
    isScalar(one.key) ? [[String(one.key.value), one]] : [],
  );
  return new Map(named.reverse());
}

/** What stands at a path; where the text ends sooner, the last that is there. */
function placesOf(document: Document, lines: LineCounter) {
  const aliases = aliasesOf(document, lines);
  const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();
  const pairAt = (map: YAMLMap, key: PropertyKey): Pair | undefined => {
    const known = pairs.get(map) ?? pairsOf(map);
    pairs.set(map, known);
    return known.get(String(key));
  };
  return (path: Path): { node: unknown; offset: number | null } => {
    let node: unknown = document.contents;
    let offset = (node as Node | null)?.range?.[0] ?? null;
    for (const key of path) {
      if (isAlias(node)) node = aliases.get(node);
      const pair = isMap(node) ? pairAt(node, key) : undefined;
      const entry = isSeq(node) ? node.items[Number(key)] : undefined;
      const at = ((pair?.key ?? entry) as Node | undefined)?.range?.[0];
      if (at === undefined) return { node: undefined, offset };
      offset = at;
      node = pair === undefined ? entry : pair.value;
    }
    return { node, offset };
  };
}
