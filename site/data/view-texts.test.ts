import { expect, it } from "vitest";
import { ownViewTexts } from "./view-texts.ts";

it("takes texts of the live view by their names, with forms of any language", () => {
  const view = {
    goLive: "En direct",
    devices: { one: "{n} appareil", many: "{n} appareils", other: "{n} appareils" },
  };
  expect(ownViewTexts({ texts: { view } })).toEqual(view);
  expect(ownViewTexts({ texts: {} })).toEqual({});
});

it.each([
  [{ goLife: "x" }, "texts.view.goLife: there is no such text"],
  [{ status: "x" }, "texts.view.status: expected texts by their names"],
  [{ age: { other: 3 } }, "texts.view.age: expected a text"],
  [{ newest: "{n} ago" }, "texts.view.newest: {n} is filled with nothing here"],
  ["x", "texts.view: expected texts by their names"],
])("refuses %j", (view, problem) => {
  expect(() => ownViewTexts({ texts: { view: view as never } })).toThrow(problem);
});
