import type { LaneTime } from "../../core/model/flow.ts";

/**
 * Each colour by what it means: on light paper, on dark paper, and between the two where a chart stands alone and is
 * readable on either. The site's custom properties bear the same names.
 */
export const palette = {
  paper: { light: "#fbfbf9", dark: "#14171a", between: "transparent" },
  ink: { light: "#17191c", dark: "#ecebe6", between: "currentColor" },
  quiet: { light: "#5a6068", dark: "#a3a9b0", between: "#767c85" },
  line: { light: "#dcdcd4", dark: "#31363c", between: "#b9bcc033" },
  plan: { light: "#33466b", dark: "#9db4e6", between: "#5b78b3" },
  progress: { light: "#5b4bc4", dark: "#aaa0f5", between: "#8274dc" },
  done: { light: "#1c7448", dark: "#63c795", between: "#2f9163" },
  late: { light: "#9a5700", dark: "#eeb057", between: "#b8741a" },
  ice: { light: "#1f6f96", dark: "#74c2e8", between: "#3a8cb5" },
  debt: { light: "#86366c", dark: "#e094c6", between: "#a85a8f" },
  open: { light: "#c9c7bc", dark: "#4b5159", between: "#9a9a92" },
} as const;

type Meaning = keyof typeof palette;

/** The colour of each kind of lane, on boards, in the replay and in charts. */
export const laneColours = {
  backlog: "open",
  sprint: "plan",
  progress: "progress",
  done: "done",
  freezebox: "ice",
} as const satisfies Record<LaneTime["role"], Meaning>;

const meanings = Object.keys(palette) as Meaning[];
const inkOf = (meaning: Meaning): string => `var(--${meaning}, ${palette[meaning].between})`;
const declared = (of: (meaning: Meaning) => string): string =>
  meanings.map((meaning) => `--${meaning}:${of(meaning)}`).join(";");
const alone = (scheme: "light" | "dark"): string =>
  `svg{${declared((meaning) => palette[meaning][scheme])};color:${palette.ink[scheme]};background:${palette.paper[scheme]}}`;

/** Colours of all charts: the site's custom properties. Text falls back to the colour around it. */
export const ink = {
  text: inkOf("ink"),
  quiet: inkOf("quiet"),
  line: inkOf("line"),
  paper: inkOf("paper"),
  plan: inkOf("plan"),
  done: inkOf("done"),
  late: inkOf("late"),
  ice: inkOf("ice"),
  debt: inkOf("debt"),
  open: inkOf("open"),
} as const;

/** What a chart of tasks in lanes draws a lane with. */
export const laneInk = (role: LaneTime["role"]): string => inkOf(laneColours[role]);

/** The same colours for a standalone file, light or dark as the reader's system prefers. */
export const standaloneStyle = `
${alone("light")}
@media (prefers-color-scheme:dark){${alone("dark")}}
`;

/** The same for a page that is light or dark as a whole. */
export const pageColours = `:root{color-scheme:light dark;${declared(
  (meaning) => `light-dark(${palette[meaning].light},${palette[meaning].dark})`,
)}}`;
