import { expect, it } from "vitest";
import { createOpened, openAll, orClose } from "./opened.ts";

it("gives back the newest first, once, and the rest too where one fails", async () => {
  const opened = createOpened();
  const ended: string[] = [];
  for (const name of ["lock", "pool", "server"])
    opened.add(async () => {
      ended.push(name);
      if (name !== "lock") throw new Error(name);
    });
  await expect(opened.close()).rejects.toThrow("server");
  expect(ended).toEqual(["server", "pool", "lock"]);
  await opened.close();
  expect(ended).toHaveLength(3);
});

it("tells what failed, and not what its undoing came to", async () => {
  const ended: string[] = [];
  const opening = openAll(async (opened) => {
    opened.add(() => ended.push("lock"));
    opened.add(() => {
      throw new Error("undoing");
    });
    throw new Error("opening");
  });
  await expect(opening).rejects.toThrow("opening");
  expect(ended).toEqual(["lock"]);
});

it("closes nothing of what has opened", async () => {
  let closed = 0;
  const part = { close: () => (closed += 1) };
  expect(orClose(part, () => "whole")).toBe("whole");
  expect(await openAll(async (opened) => opened.add(part.close))).toBeUndefined();
  expect(closed).toBe(0);
  const fails = () => {
    throw new Error("rest");
  };
  expect(() => orClose(part, fails)).toThrow("rest");
  expect(closed).toBe(1);
});
