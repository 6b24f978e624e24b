import { expect, it } from "vitest";
import { makeFlow } from "../../../testing/flow-on.ts";
import { laneColours } from "../ink.ts";
import { renderCumulative } from "./cumulative.ts";

it("draws each layer and its name in the colour of its kind of lane", () => {
  const flow = makeFlow((index) => `Task ${index}`);
  const svg = renderCumulative(flow, { id: "a" });
  const bottomUp = flow.cumulative.lanes.map(({ role }) => laneColours[role]).toReversed();
  expect(new Set(bottomUp).size).toBe(3);
  const layers = [...svg.matchAll(/<path[^>]*fill="var\(--([a-z]+),[^>]*fill-opacity/g)];
  expect(layers.map(([, colour]) => colour)).toEqual(bottomUp);
  for (const [index, { name }] of flow.cumulative.lanes.toReversed().entries())
    expect(svg).toMatch(new RegExp(`<text[^>]*fill="var\\(--${bottomUp[index]},[^>]*>[^<]*${name}<`));
});
