import { describe, expect, it } from "vitest";
import { viewWords } from "./words.ts";

describe("the view's words", () => {
  it("are a page's own where it has some, one by one, with the forms of its language", () => {
    const words = viewWords("pl", {
      goLive: "Na żywo",
      status: { live: "Na żywo" },
      devices: { one: "{n} urządzenie", few: "{n} urządzenia", other: "{n} urządzeń" },
    });
    expect(words.texts.goLive).toBe("Na żywo");
    expect(words.texts.status).toMatchObject({ live: "Na żywo", offline: "Offline" });
    expect([1, 2, 5].map(words.devices)).toEqual(["1 urządzenie", "2 urządzenia", "5 urządzeń"]);
    expect(viewWords("en").texts.goLive).toBe("Go live");
  });

  it("pass over what is no text", () => {
    const words = viewWords("de", {
      goLive: 3,
      status: "x",
      unknown: "y",
      devices: null,
      metrics: { power: null },
    });
    expect(words.texts.goLive).toBe("Live ansehen");
    expect(words.texts.status.live).toBe("Live");
    expect(words.devices(2)).toBe("2 Geräte");
    expect(words.texts.metrics.power).toBe("Leistung");
  });
});
