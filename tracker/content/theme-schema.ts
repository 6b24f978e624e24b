import { z } from "zod";
import { isColour, isPropertyName } from "./colour.ts";

const one = 'expected a CSS colour such as "#0b6e4f"';
const oneOrTwo = `${one}, or one for each scheme: { light: "#0b6e4f", dark: "#7fd1ae" }`;
const text = z.string({ error: one });

/** Custom properties of the design, each set to one colour for both schemes or to one for each. */
export const themeSchema = z
  .record(z.string(), z.union([z.string(), z.strictObject({ light: text, dark: text })], { error: oneOrTwo }))
  .superRefine((theme, ctx) => {
    for (const [name, value] of Object.entries(theme)) {
      const fail = (message: string, ...path: string[]) =>
        ctx.addIssue({ code: "custom", path: [name, ...path], message });
      if (!isPropertyName(name)) fail("expected the name of a property of the design, such as accent");
      if (typeof value === "string") {
        if (!isColour(value)) fail(oneOrTwo);
      } else for (const scheme of ["light", "dark"] as const) if (!isColour(value[scheme])) fail(one, scheme);
    }
  })
  .meta({ examples: [{ accent: "#0b6e4f" }] });
