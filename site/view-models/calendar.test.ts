import { describe, expect, it } from "vitest";
import { renderCalendar } from "./calendar.ts";

const sprint = {
  number: 3,
  title: "Sprint 3",
  goal: "Goal; with, signs\nand lines",
  firstDay: "2026-03-23",
  lastDay: "2026-04-03",
  url: "https://example.org/sprints/3/",
};
const settings = {
  name: "Fleet",
  timeZone: "Europe/Vienna",
  host: "example.org",
  daily: { time: "09:15", minutes: 15 },
  workdays: [1, 2, 3, 4, 5],
  daysOff: [],
  dailyTitle: (sprint: string) => `Daily, ${sprint}`,
};

describe("renderCalendar", () => {
  const text = renderCalendar([sprint], settings);

  it("spans whole days, the last one included", () => {
    expect(text).toContain("DTSTART;VALUE=DATE:20260323");
    expect(text).toContain("DTEND;VALUE=DATE:20260404");
  });

  it("keeps the daily at its wall time in the team's zone, with the zone's rules beside it", () => {
    expect(text).toContain("BEGIN:VTIMEZONE\r\nTZID:Europe/Vienna");
    expect(text).toContain("DTSTART;TZID=Europe/Vienna:20260323T091500");
    expect(text).toContain("RRULE:FREQ=WEEKLY;UNTIL=20260403T215959Z;BYDAY=MO,TU,WE,TH,FR");
  });

  it("meets on the team's days alone, and not on its days off", () => {
    const week = {
      ...settings,
      workdays: [7, 1, 2, 3, 4],
      daysOff: ["2026-03-23", "2026-03-29", "2026-03-28"],
    };
    const own = renderCalendar([sprint], week);
    expect(own).toContain("DTSTART;TZID=Europe/Vienna:20260324T091500");
    expect(own).toContain("BYDAY=SU,MO,TU,WE,TH");
    expect(own).toContain("EXDATE;TZID=Europe/Vienna:20260328T091500,20260329T091500");
    expect(renderCalendar([sprint], { ...settings, workdays: [] })).not.toContain("daily-3");
  });

  it("gives the same bytes for the same content and UTC stamps", () => {
    expect(renderCalendar([sprint], settings)).toBe(text);
    expect(text.match(/DTSTAMP:\d{8}T\d{6}Z/g)).toHaveLength(2);
  });

  it("escapes what the format reserves and ends lines as it demands", () => {
    expect(text).toContain("Goal\\; with\\, signs\\nand lines");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("moves a daily that would begin on a weekend to Monday, and leaves it out when there is none", () => {
    const weekend = renderCalendar([{ ...sprint, firstDay: "2026-03-21" }], settings);
    expect(weekend).toContain("DTSTART;TZID=Europe/Vienna:20260323T091500");
    expect(renderCalendar([sprint], { ...settings, daily: null })).not.toContain("daily-3");
  });
});
