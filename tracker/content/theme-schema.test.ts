import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContentError, exitCodes } from "../errors.ts";
import { isColour, isPropertyName } from "./colour.ts";
import { parseSettings } from "./parse.ts";

/** What settings with this theme hold, or the error that they are refused with. */
function read(theme: unknown): { theme: unknown } | ContentError {
  try {
    return parseSettings(JSON.stringify({ repository: "a/b", timeZone: "Europe/Vienna", theme }), "s.yml");
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
}

const colours = ["#0b6e4f", "#fff", "#FFF8", "Rebeccapurple", "canvas", "transparent"];
const functions = [
  "rgb(0 0 0 / 50%)",
  "hsla(1, 2%, 3%, 0.4)",
  "oklch(20% 0.02 250)",
  "color(display-p3 1 0 0)",
];
const none = [
  "bleu",
  "constructor",
  "accent",
  "#12345",
  "#ggg",
  "red; } a { b: c",
  "url(x.png)",
  "var(--done)",
  " red",
  "red\n",
  "",
];

describe("a theme in the settings", () => {
  test.each([...colours, ...functions])("may have the colour %s, for both schemes or for each", (colour) => {
    const theme = { accent: colour, "paper-2": { light: "white", dark: colour } };
    expect(read(theme)).toMatchObject({ theme });
  });

  test.each(none)("is refused with %j, by key, with what was found and what was expected", (text) => {
    for (const [theme, key] of [
      [{ done: "green", accent: text }, "theme.accent"],
      [{ accent: { light: text, dark: "red" } }, "theme.accent.light"],
      [{ accent: { light: "red", dark: text } }, "theme.accent.dark"],
    ] as const) {
      const error = read(theme);
      expect(error).toMatchObject({ code: "settings-invalid", file: "s.yml", exitCode: exitCodes.content });
      const { message } = error as ContentError;
      expect(message).toContain(`${key}: expected a CSS colour such as "#0b6e4f"`);
      expect(message).toContain(`, got ${JSON.stringify(text)}`);
    }
  });

  test.each([7, null, ["red"], { light: "red" }, { light: "red", dark: 7 }])(
    "is refused where a colour is %j",
    (value) => {
      expect((read({ accent: value }) as ContentError).message).toMatch(
        /theme\.accent.*expected a CSS colour/,
      );
    },
  );

  test("is refused with what can be no property of the design", () => {
    for (const name of ["accent: red; --x", "Accent", "1st", "--accent", "", "a}b"])
      expect((read({ [name]: "red" }) as ContentError).message).toContain("such as accent");
  });

  test("holds what the style sheet takes, and nothing else", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom(...colours, ...functions, ...none));
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom("accent", "paper-2")), text, text, (name, light, dark) => {
        // JavaScript keeps no such key.
        fc.pre(name !== "__proto__");
        const isHeld = !(read({ [name]: { light, dark } }) instanceof ContentError);
        expect(isHeld).toBe(isPropertyName(name) && isColour(light) && isColour(dark));
      }),
    );
  });
});
