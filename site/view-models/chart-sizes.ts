import type { ChartOptions } from "sprintcast/charts";
import type { Report } from "sprintcast/report";
import type { PageWords } from "./format.ts";

/** Units of the drawing for phones, for half a page or a column of text, and across a page. */
const widths = { phone: 392, text: 640, page: 1040 };
type Room = keyof typeof widths;
const all: Room[] = ["phone", "text", "page"];

/** The drawings of a chart, each with the room that it is for. */
export type ChartSizes = [room: Room, options: ChartOptions][];

/**
 * A chart is drawn for each room that its place may have, near the size at which it is shown: scaled further, its labels
 * would be too small to read on a phone and larger than the text around them on a desk.
 * `most`: the room of its place on a desk. `height`: of the drawing for it, where not the chart's own.
 */
export function chartSizes(id: string, most: Room, words: PageWords, height?: number): ChartSizes {
  const rooms = all.slice(0, all.indexOf(most) + 1);
  return rooms.map((room) => [
    room,
    {
      id: room === "phone" ? id : `${id}-${room}`,
      width: widths[room],
      words,
      ...(height !== undefined && room === most ? { height } : {}),
    },
  ]);
}

/** Beside the cards of more tasks, a second drawing of each chart makes a sprint's page heavier than a phone should load. */
const mostTwice = 60;

/** The room of half a page on the page of a sprint; of many tasks a phone's, so that each chart is drawn once. */
export const halfPage = ({ effort }: Report): "phone" | "text" =>
  effort.counts.final > mostTwice ? "phone" : "text";
