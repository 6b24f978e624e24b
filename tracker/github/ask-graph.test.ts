import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { askGraph } from "./ask-graph.ts";
import { createClient } from "./client.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const base = "https://api.example.org";
const hour = 3600;

/** Asks a server that refuses with this error, and whose clock is `ahead` seconds before this machine's. */
async function refusedBy(error: object, ahead: number) {
  const date = Math.floor(Date.now() / 1000) + ahead;
  const headers = {
    date: new Date(date * 1000).toUTCString(),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(date + hour / 2),
  };
  vi.stubGlobal("fetch", async () => Response.json({ errors: [error] }, { headers }));
  const client = createClient({
    apiUrl: base,
    token: null,
    signal: new AbortController().signal,
    second: 0.001,
  });
  const asked = askGraph({ client, base }, { query: "query { a }", variables: {} }, z.unknown());
  const message = await asked.then(
    () => expect.fail("it was not refused"),
    (thrown: Error) => thrown.message,
  );
  return { message, until: new Date((date + hour / 2) * 1000).toISOString() };
}

describe.each([
  ["the hour", { type: "RATE_LIMITED", message: "API rate limit exceeded" }],
  ["another kind", { message: "You have exceeded a secondary rate limit." }],
])("a limit of %s, told with status 200", (_, error) => {
  test.each([0, 3 * hour, -3 * hour])(
    "ends when the server says, whose clock is %i seconds ahead",
    async (ahead) => {
      const { message, until } = await refusedBy(error, ahead);
      expect(message).toBe(`GitHub's limit of GraphQL is used up until ${until}`);
    },
  );
});
