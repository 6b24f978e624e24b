import { expect, it } from "vitest";
import { startHub } from "../testing/start-hub.ts";

it("the state of a large fleet comes in pages, whose last alone moves the viewer", () => {
  const test = startHub();
  const fleet = Array.from({ length: 4500 }, (_, index) => ({
    ...{ source: `s-${index}`, seq: 1, at: index, metric: "m", value: index },
  }));
  test.publish(fleet);
  const viewer = test.join();
  viewer.viewer.take({ t: "ack", offset: 0 });
  const pages = viewer.messages.filter((message) => message.t === "snapshot");
  expect(pages.map(({ continues, more }) => [continues, more])).toEqual([
    [undefined, true],
    [true, true],
    [true, undefined],
  ]);
  expect(pages.flatMap(({ state }) => Object.keys(state))).toHaveLength(4500);
  for (const { wire } of viewer.frames) expect(wire.length).toBeLessThan(100_000);
  test.publish([{ source: "s-0", seq: 2, at: 9999, metric: "m", value: 1 }]);
  expect(viewer.messages.at(-1)).toMatchObject({ t: "delta", from: 4501, to: 4501 });
});
