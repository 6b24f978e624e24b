import { describe, expect, it } from "vitest";
import type { Batch } from "../protocol.ts";
import { reading } from "../testing/start-eater.ts";
import { createBatchQueue } from "./batch-queue.ts";

const batch = (from: number, to: number, epoch = "e"): Batch => ({
  epoch,
  from,
  to,
  readings: Array.from({ length: to - from + 1 }, (_, index) => reading("a", from + index)),
});
const at = (offset: number, epoch = "e") => ({ epoch, offset });

describe("batches on their way to the bus", () => {
  it("come in order, each once the bus has the one before", () => {
    const queue = createBatchQueue(100);
    for (const one of [batch(1, 3), batch(4, 4), batch(5, 9)]) queue.add(one);
    expect(queue.next(at(0))).toEqual(batch(1, 3));
    expect(queue.next(at(0))).toEqual(batch(1, 3));
    expect(queue.next(at(3))).toEqual(batch(4, 4));
    expect(queue.next(at(4))).toEqual(batch(5, 9));
    expect(queue.next(at(9))).toBeNull();
  });

  it("are cut where the bus has a part of them", () => {
    const queue = createBatchQueue(100);
    queue.add(batch(1, 5));
    expect(queue.next(at(2))).toEqual(batch(3, 5));
  });

  it("do not leave a gap: then the database is asked", () => {
    const queue = createBatchQueue(100);
    queue.add(batch(4, 6));
    expect(queue.next(at(2))).toBeNull();
    expect(queue.next(at(3))).toEqual(batch(4, 6));
  });

  it("of an epoch that was renewed since are dropped", () => {
    const queue = createBatchQueue(100);
    queue.add(batch(1, 3, "old"));
    queue.add(batch(1, 2));
    expect(queue.next(at(0))).toEqual(batch(1, 2));
    expect(queue.next(at(0, "old"))).toBeNull();
  });

  it("are all dropped once they are more than may wait, and those after them wait again", () => {
    const queue = createBatchQueue(5);
    queue.add(batch(1, 3));
    queue.add(batch(4, 5));
    expect(queue.next(at(0))).toEqual(batch(1, 3));
    queue.add(batch(6, 6));
    expect(queue.next(at(0))).toBeNull();
    queue.add(batch(7, 11));
    expect(queue.next(at(6))).toEqual(batch(7, 11));
  });

  it("make room when the bus has taken them", () => {
    const queue = createBatchQueue(5);
    queue.add(batch(1, 5));
    expect(queue.next(at(5))).toBeNull();
    queue.add(batch(6, 10));
    expect(queue.next(at(5))).toEqual(batch(6, 10));
  });
});
