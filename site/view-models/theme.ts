import { isColour, isPropertyName } from "sprintcast/content";

/** Custom properties a team may set, each to one colour for both schemes or to one for each. */
export type Theme = Partial<Record<string, string | { light: string; dark: string }>>;

/** The style sheet that lays a team's colours over the site's own. Throws RangeError on what is no colour. */
export function themeCss(theme: Theme): string {
  const lines = Object.entries(theme).map(([name, value]) => {
    const { light, dark } = typeof value === "object" ? value : { light: value ?? "", dark: value ?? "" };
    if (!isPropertyName(name)) {
      throw new RangeError(
        `settings: theme.${name} is no property of the design, expected a name such as accent.`,
      );
    }
    for (const one of [light, dark]) {
      if (!isColour(one)) {
        throw new RangeError(`settings: theme.${name} is "${one}", expected a CSS colour such as "#0b6e4f".`);
      }
    }
    return `  --${name}: light-dark(${light}, ${dark});`;
  });
  return lines.length === 0
    ? "/* The team keeps the site's own colours. */\n"
    : // :root twice wins over the site's own sheet, whichever of the two is linked last.
      `:root:root {\n${lines.join("\n")}\n}\n`;
}
