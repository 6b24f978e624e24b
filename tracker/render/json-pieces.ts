/** Entries written at once: of so few the text is short, and each call writes them fast. */
const chunk = 50;

const indent = "  ";

/**
 * What `JSON.stringify({...before, [name]: [...list], ...after}, null, 2)` gives, in pieces, so that neither the list nor
 * its text is ever held whole. No key may look like a whole number: objects hold those first.
 */
export function* jsonPieces(
  before: object,
  name: string,
  list: Iterable<unknown>,
  after: object,
): Generator<string> {
  const frame = JSON.stringify({ ...before, [name]: [], ...after }, null, indent);
  const opening = JSON.stringify({ ...before, [name]: [] }, null, indent).slice(0, -"]\n}".length);
  yield opening;
  let isFirst = true;
  for (const entries of chunksOf(list)) {
    const text = JSON.stringify({ list: entries }, null, indent);
    // Between the brackets: with the line break before the first entry, without the one after the last.
    yield (isFirst ? "" : ",") + text.slice(text.indexOf("[") + 1, -`\n${indent}]\n}`.length);
    isFirst = false;
  }
  yield (isFirst ? "" : `\n${indent}`) + frame.slice(opening.length);
}

function* chunksOf(list: Iterable<unknown>): Generator<unknown[]> {
  let entries: unknown[] = [];
  for (const entry of list) {
    entries.push(entry);
    if (entries.length < chunk) continue;
    yield entries;
    entries = [];
  }
  if (entries.length > 0) yield entries;
}
