import { color } from "d3-color";

/** Those of the reader's system, which CSS names as well. */
const systemNames = `accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext field
fieldtext graytext highlight highlighttext linktext mark marktext selecteditem selecteditemtext visitedtext`;

const known: ReadonlySet<string> = new Set(["currentcolor", ...systemNames.split(/\s+/)]);

/** A hex value or a colour function, with nothing in it that could end a declaration. */
const written =
  /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(rgba?|hsla?|hwb|oklch|oklab|lab|lch|color)\([\d\s.,%/a-z+-]*\))$/i;

/** Whether CSS takes the text for a colour: settings are held to it, and the site's style sheet once more. */
export const isColour = (text: string): boolean =>
  written.test(text) || known.has(text.toLowerCase()) || (/^[a-z]+$/i.test(text) && color(text) !== null);

/** Whether the text can be the name of a custom property of the design. */
export const isPropertyName = (text: string): boolean => /^[a-z][a-z0-9-]*$/.test(text);
