import type { Board, Card, Lane } from "../../core/model/report.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import {
  briefAmount,
  counted,
  isSized,
  momentText,
  referencesText,
  sizeSumText,
  sprintTitle,
} from "../format.ts";
import {
  heading,
  type Paint,
  pad,
  plain,
  renderTable,
  safeText,
  type TableOptions,
  widthOf,
  wrapCell,
} from "./terminal.ts";

export interface BoardHead {
  number: number;
  /** The team that works it, where there are several. */
  team?: string;
  title: string;
  timeZone: string;
  /** start, end, or the instant as asked. */
  asked: string;
}

interface BoardLook {
  width: number;
  paint: Paint;
  /** What sizes count. */
  unit: SizeUnit;
}

const gap = 2;
const narrowest = 17;
const long = 24; // more cards than this in a lane get one line each

/** A board at an instant: lanes side by side where they fit, else one after the other; the freezebox stands below. */
export function renderBoard(head: BoardHead, board: Board, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const look = { width, paint, unit: sizeUnitOf(board) };
  const beside = board.lanes.filter((lane) => lane.role !== "freezebox");
  const below = board.lanes.filter((lane) => lane.role === "freezebox" && sizeOf(lane) > 0);
  const fitted = fitLanes(beside, width);
  const parts = [
    headOf(head, board, look),
    fitted === null ? beside.map((lane) => stackedLane(lane, look)).join("\n\n") : lanesBeside(fitted, look),
    ...below.map((lane) => stackedLane(lane, look)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function headOf(head: BoardHead, board: Board, { width, paint }: BoardLook): string {
  const instant = `${momentText(board.at, head.timeZone)} ${head.timeZone}`;
  const when =
    head.asked === "start" || head.asked === "end" ? `at its ${head.asked}, ${instant}` : `at ${instant}`;
  return [
    ...wrapCell(safeText(sprintTitle(head)), width).map((line) => paint("bold", line)),
    ...wrapCell(`The board ${when}`, width).map((line) => paint("dim", line)),
  ].join("\n");
}

const sizeOf = (lane: Lane): number => lane.cards.length + lane.hidden;

interface FittedLane {
  lane: Lane;
  width: number;
}

/** Empty lanes are as wide as their heading, the others share the rest. Null where they do not fit side by side. */
function fitLanes(lanes: Lane[], width: number): FittedLane[] | null {
  const empty = lanes.map((lane) => (sizeOf(lane) === 0 ? Math.max(8, widthOf(safeText(lane.name))) : null));
  const full = lanes.filter((lane) => sizeOf(lane) > 0).length;
  const taken = empty.reduce<number>((sum, w) => sum + (w ?? 0), 0) + gap * (lanes.length - 1);
  const share = Math.min(36, Math.floor((width - taken) / Math.max(1, full)));
  if (full > 0 && share < Math.max(narrowest, widthOfNames(lanes))) return null;
  if (taken > width) return null;
  return lanes.map((lane, i) => ({ lane, width: empty[i] ?? share }));
}

/** Columns that the longest name of an issue takes, with a size behind it. */
const widthOfNames = (lanes: Lane[]): number =>
  lanes.reduce(
    (widest, { cards }) => cards.reduce((most, card) => Math.max(most, issueNameOf(card).length + 7), widest),
    0,
  );

function lanesBeside(lanes: FittedLane[], { paint, unit }: BoardLook): string {
  const columns = lanes.map(({ lane, width }) => ({ width, lines: laneLines(lane, { width, paint, unit }) }));
  const height = Math.max(0, ...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ width, lines }) => pad(lines[line] ?? "", width))
      .join(" ".repeat(gap))
      .trimEnd(),
  ).join("\n");
}

function laneLines(lane: Lane, { width, paint, unit }: BoardLook): string[] {
  const tally =
    sizeOf(lane) === 0
      ? "empty"
      : `${counted(sizeOf(lane), "task")}${isSized(lane) ? `, ${briefAmount(lane.days, unit)}` : ""}`;
  const isLong = lane.cards.length > long;
  return [
    ...wrapCell(safeText(lane.name), width, 1).map((text) => paint("bold", text)),
    paint("dim", "─".repeat(width)),
    ...wrapCell(tally, width, 1).map((text) => paint("dim", text)),
    ...(isLong ? [""] : []),
    ...lane.cards.flatMap((card) =>
      isLong ? cardLine(card, width, paint) : ["", ...cardLines(card, width, paint)],
    ),
    ...(lane.hidden > 0 ? ["", paint("dim", `and ${lane.hidden} more`)] : []),
  ];
}

const firstLine = (text: string, width: number): string => wrapCell(text, width, 1).join("");

/** Number, as much of the title as fits, and the size if there is one. */
function cardLine(card: Card, width: number, paint: Paint): string {
  const number = `${issueNameOf(card)} `;
  const size = card.size === null ? "" : ` ${firstLine(safeText(card.size), 6)}`;
  const room = width - number.length - widthOf(size);
  const title = firstLine(safeText(card.title), room);
  return paint("cyan", number) + pad(title, room) + paint("dim", size);
}

function cardLines(card: Card, width: number, paint: Paint): string[] {
  const number = issueNameOf(card);
  const size = firstLine(safeText(sizeText(card)), Math.max(4, width - number.length - 1));
  const room = Math.max(1, width - number.length - widthOf(size));
  const type = card.type === undefined || room < 6 ? "" : firstLine(` ${safeText(card.type)}`, room - 1);
  const head = paint("cyan", number) + paint("dim", pad(type, room)) + paint("dim", size);
  const blocked = wrapCell(safeText(blockedText(card)), width, 2).map((line) => paint("red", line));
  return [head, ...wrapCell(safeText(card.title), width, 3), ...(card.blockedBy ? blocked : [])];
}

const blockedText = ({ blockedBy = [] }: Card): string =>
  blockedBy.length === 0 ? "" : `blocked by ${referencesText(blockedBy)}`;

const sizeText = (card: Card): string => card.size ?? "no size";

function stackedLane(lane: Lane, { width, paint, unit }: BoardLook): string {
  const tally = `${counted(sizeOf(lane), "task")}${isSized(lane) ? ` · ${sizeSumText(lane.days, unit)}` : ""}`;
  const title = heading(safeText(lane.name), sizeOf(lane) === 0 ? "empty" : tally, { width, paint });
  if (sizeOf(lane) === 0) return title;
  const isTyped = lane.cards.some(({ type }) => type !== undefined);
  const rows = lane.cards.map((card) => [
    paint("cyan", issueNameOf(card)),
    [safeText(card.title), paint("red", safeText(blockedText(card)))]
      .filter((text) => text !== "")
      .join(" · "),
    paint("dim", safeText(sizeText(card))),
    ...(isTyped ? [paint("dim", safeText(card.type ?? ""))] : []),
    safeText(card.assignees.join(", ")),
  ]);
  const columns = [
    { title: "", align: "right" as const },
    { title: "", flexible: true, min: 10 },
    { title: "", flexible: true, min: 4 },
    ...(isTyped ? [{ title: "", flexible: true, min: 4 }] : []),
    { title: "", flexible: true, min: 4 },
  ];
  const more = lane.hidden > 0 ? `\n  ${paint("dim", `and ${lane.hidden} more`)}` : "";
  return `${title}\n${renderTable(columns, rows, { width, paint, indent: 2, maxLines: 2 })}${more}`;
}
