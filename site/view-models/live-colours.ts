import { palette } from "sprintcast/charts";
import type { Theme } from "./theme.ts";

/** Ground and ink of the live page's icon, and of the frame around the installed page. */
export function liveColours(
  theme: Theme,
  scheme: "light" | "dark" = "light",
): { ground: string; ink: string } {
  const of = (name: string, usual: { light: string; dark: string }) => {
    const value = theme[name] ?? usual;
    return typeof value === "object" ? value[scheme] : value;
  };
  return {
    ground: of("paper", palette.paper),
    ink: of("accent", { light: "#c22f12", dark: "#ff8a66" }),
  };
}
