import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Gives text a colour or weight, or hands it back untouched where colour has no place. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

const colourful: Paint = (style, text) =>
  text === "" ? "" : styleText(style, text, { validateStream: false });

/**
 * Colour on a terminal only; NO_COLOR (any value but empty) takes it away, FORCE_COLOR (any value but 0) forces it,
 * and NO_COLOR wins. See https://no-color.org and https://force-color.org.
 */
export function createPaint(isTerminal: boolean, env: Record<string, string | undefined>): Paint {
  if (env.NO_COLOR) return plain;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "")
    return env.FORCE_COLOR === "0" || env.FORCE_COLOR === "false" ? plain : colourful;
  return isTerminal && env.TERM !== "dumb" ? colourful : plain;
}
