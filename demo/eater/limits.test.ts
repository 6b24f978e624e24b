import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { ndjson, reading, startEater } from "../testing/start-eater.ts";
import { queryRoutes } from "./query-routes.ts";

describe("limits", () => {
  it.each([
    ["one network of IPv6", ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:DB8:1:2::a%eth0"]],
    ["one address of IPv4", ["203.0.113.9", "::ffff:203.0.113.9", "::ffff:cb00:7109"]],
  ])("count all requests without a token of %s as one caller's, and no other's", async (_, addresses) => {
    const limited = await startEater({ maxRequests: addresses.length, rateWindowMs: 60_000 });
    const status = async (remoteAddress: string) =>
      (await limited.app.inject({ method: "POST", url: "/ingest", remoteAddress })).statusCode;
    for (const address of addresses) expect(await status(address), address).toBe(401);
    for (const address of addresses) expect(await status(address), address).toBe(429);
    for (const other of ["2001:db8:1:3::1", "203.0.113.10"]) expect(await status(other), other).toBe(401);
    // A token has a number of its own, wherever its requests come from.
    expect((await limited.post(ndjson([reading("a", 1)]))).statusCode).toBe(200);
    await limited.close();
  });

  it("count what asks for rollups and anomalies by network, too", async () => {
    const test = await startEater();
    const app = fastify();
    await queryRoutes(app, test.eater.questions, { maxRequests: 2, rateWindowMs: 60_000 });
    const status = async (remoteAddress: string) =>
      (await app.inject({ url: "/anomalies", remoteAddress })).statusCode;
    expect([await status("2001:db8::1"), await status("2001:db8::2"), await status("2001:db8::3")]).toEqual([
      200, 200, 429,
    ]);
    expect(await status("2001:db8:0:1::1")).toBe(200);
    await app.close();
    await test.close();
  });

  it("answers 429 with Retry-After past the rate, per token", async () => {
    const limited = await startEater({ maxRequests: 3, rateWindowMs: 60_000 });
    const codes: number[] = [];
    for (let n = 1; n <= 5; n += 1) codes.push((await limited.post(ndjson([reading("a", n)]))).statusCode);
    const last = await limited.post(ndjson([reading("a", 6)]));
    expect(codes.slice(0, 3)).toEqual([200, 200, 200]);
    expect(last.statusCode).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    const other = limited.eater.grantToken("other");
    const answered = await limited.post(ndjson([reading("b", 1)]), { authorization: `Bearer ${other}` });
    expect(answered.statusCode).toBe(200);
    await limited.close();
  });

  it("refuses readings of new series past the limit, and stores the rest", async () => {
    const limited = await startEater({ maxSeries: 2 });
    const response = await limited.post(
      ndjson([reading("a", 1), reading("b", 1), reading("c", 1), reading("a", 2)]),
    );
    expect(response.json()).toMatchObject({
      stored: 3,
      rejected: [{ line: 3, code: "too-many-series" }],
    });
    await limited.close();
  });
});
