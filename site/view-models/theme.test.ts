import { describe, expect, it, test } from "vitest";
import { once } from "./once.ts";
import { themeCss } from "./theme.ts";

describe("a team's colours", () => {
  it("are one for both schemes or one for each, above the site's own", () => {
    expect(themeCss({ accent: "#0b6e4f", "paper-2": { light: "white", dark: "oklch(20% 0.02 250)" } })).toBe(
      ":root:root {\n  --accent: light-dark(#0b6e4f, #0b6e4f);\n  --paper-2: light-dark(white, oklch(20% 0.02 250));\n}\n",
    );
  });

  it("are none where the team sets none", () => {
    expect(themeCss({})).toMatch(/^\/\*.*\*\/\n$/);
  });

  test.each([
    "red; } body { display: none",
    "url(https://evil.example/x.png)",
    "rgb(0 0 0); background: url(x)",
    "var(--accent)",
    "#12",
    "#12345",
    "#1234567",
    "#1234567890",
    "red /* */",
    "rgb(0 0 0",
    "",
    " red",
    "red\n",
  ])("%j is none, and the error says which it is of", (value) => {
    expect(() => themeCss({ accent: value })).toThrow(/theme\.accent is [\s\S]* expected a CSS colour/);
    expect(() => themeCss({ accent: { light: "red", dark: value } })).toThrow(RangeError);
    expect(() => themeCss({ accent: { light: value, dark: "red" } })).toThrow(RangeError);
  });

  test.each(["accent: red; --x", "Accent", "1st", "--accent", "", "a}b"])(
    "%j is no property of the design",
    (name) => {
      expect(() => themeCss({ [name]: "red" })).toThrow(/is no property of the design/);
    },
  );
});

it("what is made once is made once, also where it is nothing", () => {
  let calls = 0;
  const make = once(() => {
    calls += 1;
    return undefined;
  });
  expect([make(), make(), calls]).toEqual([undefined, undefined, 1]);
});
