import { expect, it } from "vitest";
import { partToKeep } from "./kept-parts.ts";

const base = "https://team.example/sprints/live/";

it.each([
  ["worker.js", "https://team.example/sprints/live/worker.js"],
  ["/recordings/03.ndjson", "https://team.example/recordings/03.ndjson"],
  ["../../app.css?v=1", "https://team.example/app.css?v=1"],
  ["https://team.example/a b", "https://team.example/a%20b"],
  ["", base],
])("what is the page's own is kept: %j", (part, kept) => {
  expect(partToKeep(part, base)).toBe(kept);
});

it.each([
  ["another host's", "https://cdn.example/app.js"],
  ["another port's", "https://team.example:8443/app.js"],
  ["sent in the clear", "http://team.example/app.js"],
  ["another host's without its scheme", "//cdn.example/app.js"],
  ["a stream of events", "https://team.example/live/events?last=e1:4"],
  ["a websocket", "wss://team.example/live"],
  ["in memory", "blob:https://team.example/3f2a"],
  ["in its own address", "data:text/plain,x"],
  ["no address", "https://[::1"],
])("what is %s is not kept", (_, part) => {
  expect(partToKeep(part, base)).toBeNull();
});
