import { issueNameOf, type Replay, type Report } from "sprintcast/report";
import { Temporal } from "temporal-polyfill";

/** The sprint as a strip of days with a tick per event; x in 0..1000 over [start, end). */
export interface Ribbon {
  days: { x: number; width: number; off: boolean; label: string; day: string }[];
  ticks: { x: number; kind: TickKind; count: number }[];
}

export type TickKind = "in" | "out" | "done" | "move" | "size";

/** What a move means for the sprint, by the roles of its lanes. */
export function kindOfMove(
  before: string | null,
  after: string | null,
  roles: ReadonlyMap<string, string>,
): TickKind {
  if (before === after) return "size";
  const role = (lane: string | null) => (lane === null ? "backlog" : (roles.get(lane) ?? "sprint"));
  const [from, to] = [role(before), role(after)];
  if (to === "done") return "done";
  if (to === "freezebox" || to === "backlog") return "out";
  return from === "backlog" || from === "freezebox" ? "in" : "move";
}

/** @param isOff whether nobody works on a day (YYYY-MM-DD) */
export function ribbonOf(report: Report, isOff: (day: string) => boolean): Ribbon {
  const { start, end, timeZone } = report.sprint;
  const t0 = Date.parse(start);
  const length = Math.max(1, Date.parse(end) - t0);
  const x = (ms: number) => Math.round(((ms - t0) / length) * 1000);
  return { days: daysOf(start, end, timeZone, x, isOff), ticks: ticksOf(report, t0, length, x) };
}

function daysOf(
  start: string,
  end: string,
  timeZone: string,
  x: (ms: number) => number,
  isOff: (day: string) => boolean,
): Ribbon["days"] {
  const last = Temporal.Instant.from(end);
  const days: Ribbon["days"] = [];
  let from = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone);
  while (Temporal.Instant.compare(from.toInstant(), last) < 0) {
    const midnight = from.startOfDay().add({ days: 1 });
    const to =
      Temporal.Instant.compare(midnight.toInstant(), last) < 0 ? midnight : last.toZonedDateTimeISO(timeZone);
    const left = x(from.epochMilliseconds);
    days.push({
      x: left,
      width: x(to.epochMilliseconds) - left,
      off: isOff(from.toPlainDate().toString()),
      label: String(from.day),
      day: from.toPlainDate().toString(),
    });
    from = to;
  }
  return days;
}

function ticksOf(report: Report, t0: number, length: number, x: (ms: number) => number): Ribbon["ticks"] {
  const roles = new Map(report.boards.end.lanes.map((lane) => [lane.name, lane.role]));
  const standing = new Map<string, string | null>();
  const ticks = new Map<string, Ribbon["ticks"][number]>();
  for (const move of inOrder(report.replay.moves)) {
    const before = standing.get(issueNameOf(move)) ?? null;
    standing.set(issueNameOf(move), move.lane);
    const at = Date.parse(move.at);
    if (at <= t0 || at >= t0 + length) continue;
    const kind = kindOfMove(before, move.lane, roles);
    const left = x(at);
    const known = ticks.get(`${left} ${kind}`);
    if (known) known.count += 1;
    else ticks.set(`${left} ${kind}`, { x: left, kind, count: 1 });
  }
  return [...ticks.values()];
}

function inOrder(moves: Replay["moves"]): Replay["moves"] {
  return [...moves].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const steps = [2, 3, 6, 12, 24, 60, 120];

/**
 * The name under each day, at most a dozen in all, so that they do not touch on a phone; the other days have an empty
 * one. Names are days for up to three weeks, then weeks, then months.
 * @param locale BCP 47
 */
export function namesOf(days: Ribbon["days"], locale: string): string[] {
  const plain = days.map(({ day }) => Temporal.PlainDate.from(day));
  const write = (date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions) =>
    date.toLocaleString(locale, options);
  if (days.length <= 21) return days.map(({ label }) => label);
  const last = days.length - Math.ceil(days.length / 16); // a name that begins later would stick out
  if (days.length <= 70) {
    const step = days.length <= 42 ? 7 : 14;
    return plain.map((date, index) =>
      index % step === 0 && index < last ? write(date, { day: "numeric", month: "short" }) : "",
    );
  }
  const months = days.length / 30.5;
  // A month with its year takes twice the room.
  const step = months <= 12.5 ? 1 : (steps.find((one) => months / one <= 7) ?? Math.ceil(months / 7));
  const isBeginning = (date: Temporal.PlainDate) =>
    date.day === 1 && (date.year * 12 + date.month - 1) % step === 0;
  // The first month is named with its year where the strip begins; what would touch that name has none.
  const room = Math.ceil((days.length / 12.5) * 1.2);
  return plain.map((date, index) => {
    if (index === 0) return write(date, { month: "short", year: "2-digit" });
    if (index < room || index >= last || !isBeginning(date)) return "";
    return write(
      date,
      step === 1 && date.month > 1 ? { month: "short" } : { month: "short", year: "2-digit" },
    );
  });
}
