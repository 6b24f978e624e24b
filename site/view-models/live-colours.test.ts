import { expect, it } from "vitest";
import { liveColours } from "./live-colours.ts";

it("the live page's colours are the team's for the scheme, else the site's own, each by itself", () => {
  const own = { light: liveColours({}), dark: liveColours({}, "dark") };
  expect(own.light).not.toEqual(own.dark);
  const theme = { paper: { light: "white", dark: "black" }, "paper-2": "red" };
  expect(liveColours(theme)).toEqual({ ground: "white", ink: own.light.ink });
  expect(liveColours(theme, "dark")).toEqual({ ground: "black", ink: own.dark.ink });
  expect(liveColours({ accent: "#0b6e4f" }, "dark")).toEqual({ ground: own.dark.ground, ink: "#0b6e4f" });
});
