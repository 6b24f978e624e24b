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
