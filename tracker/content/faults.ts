import { ContentError } from "../errors.ts";

/** More files than these nobody mends at once. */
const mostFiles = 20;

/** Throws what is wrong with several files as one error, of the code and file of the first; nothing where nothing is. */
export function throwTogether(faults: readonly ContentError[]): void {
  const [first, ...others] = faults;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const left = faults.length - mostFiles;
  const told = [
    first.message.slice(first.file.length + 2),
    ...others.slice(0, mostFiles - 1).map(({ message }) => message),
    ...(left > 0 ? [`and ${left} more ${left === 1 ? "file" : "files"}`] : []),
  ];
  const hints = new Set(faults.flatMap(({ hint }) => hint ?? []));
  throw new ContentError(first.code, first.file, told.join("\n  "), {
    hint: [...hints].join(" "),
    cause: first,
  });
}
