import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSiteApp } from "./site-app.ts";
import { siteFiles } from "./site-files.ts";

let home: string;
let app: FastifyInstance;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "sprintcast-site-files-"));
  const files = {
    "dist/index.html": "<h1>Home</h1>",
    "dist/404.html": "<h1>Nothing here</h1>",
    "dist/sprints/index.html": "<h1>Sprints</h1>",
    "dist/files/a plan.txt": "0123456789",
    "dist/.well-known/security.txt": "Contact",
    "secret.txt": "secret",
    "dist-of-another/secret.txt": "secret",
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(home, file, ".."), { recursive: true });
    await writeFile(join(home, file), text);
  }
  app = await createSiteApp(join(home, "dist"), null);
});
afterAll(async () => {
  await app.close();
  await rm(home, { recursive: true, force: true });
});

test("the demo's store may take as long to open as it takes", () => {
  expect(app.initialConfig.pluginTimeout).toBe(0);
});

describe("a built site", () => {
  test.each([
    ["/", "<h1>Home</h1>", "text/html; charset=utf-8"],
    ["/?a=b", "<h1>Home</h1>", "text/html; charset=utf-8"],
    ["/sprints/", "<h1>Sprints</h1>", "text/html; charset=utf-8"],
    ["/files/a%20plan.txt", "0123456789", "text/plain; charset=utf-8"],
    ["/.well-known/security.txt", "Contact", "text/plain; charset=utf-8"],
  ])("answers %s", async (url, body, type) => {
    const response = await app.inject(url);
    expect([response.statusCode, response.body, response.headers["content-type"]]).toEqual([200, body, type]);
    const head = await app.inject({ method: "HEAD", url });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
  });

  test.each([
    ["/sprints", "/sprints/"],
    ["/sprints?at=1?2", "/sprints/?at=1?2"],
    ["//sprints", "/sprints/"],
    ["///sprints", "/sprints/"],
  ])("sends %s to the folder's own address on this host", async (url, location) => {
    const response = await app.inject(url);
    expect([response.statusCode, response.headers.location]).toEqual([301, location]);
  });

  test("answers with the team's page where there is nothing", async () => {
    for (const url of ["/nothing", "/files/", "/sprints/index.html/", `/${"x".repeat(5000)}`]) {
      const response = await app.inject(url);
      expect([url, response.statusCode, response.body]).toEqual([url, 404, "<h1>Nothing here</h1>"]);
    }
  });

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/files/../../secret.txt",
    "/files/%2e%2e%2f..%2fsecret.txt",
    "/..\\secret.txt",
    "/../dist-of-another/secret.txt",
    "/-of-another/secret.txt",
    "//../secret.txt",
    "/%00",
    "/%",
    "/%ff",
  ])("shows nothing beside its folder for %s", async (url) => {
    const response = await app.inject(url);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.body).not.toContain("secret");
  });

  test("sends a part where one is asked for, and nothing that the reader has", async () => {
    const url = "/files/a%20plan.txt";
    const part = await app.inject({ url, headers: { range: "bytes=2-4" } });
    expect([part.statusCode, part.body, part.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
    const beyond = await app.inject({ url, headers: { range: "bytes=90-" } });
    expect([beyond.statusCode, beyond.headers["content-range"]]).toEqual([416, "bytes */10"]);
    const { etag } = (await app.inject(url)).headers;
    const again = await app.inject({ url, headers: { "if-none-match": String(etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  test("shows a file as it is now, not as it was at the start", async () => {
    await writeFile(join(home, "dist/changing.txt"), "before");
    expect((await app.inject("/changing.txt")).body).toBe("before");
    await writeFile(join(home, "dist/changing.txt"), "and after");
    expect((await app.inject("/changing.txt")).body).toBe("and after");
  });

  test.each([
    ["/reviews/", "/reviews"],
    ["/of/us/", "/of/us"],
    ["/%C3%BCber%20uns/", "/%C3%BCber%20uns"],
  ])(
    "is served below %s, the path that its pages link each other by, where the root leads to",
    async (base, bare) => {
      const below = await createSiteApp(join(home, "dist"), null, base);
      expect((await below.inject(base)).body).toBe("<h1>Home</h1>");
      expect((await below.inject(`${base}sprints/?a=b`)).body).toBe("<h1>Sprints</h1>");
      expect((await below.inject(`${base}files/a%20plan.txt`)).body).toBe("0123456789");
      for (const url of ["/", bare]) {
        const { statusCode, headers } = await below.inject(url);
        expect([url, statusCode, headers.location]).toEqual([url, 302, base]);
      }
      for (const url of [
        "/sprints/",
        `${base}nothing`,
        `${bare}sprints/`,
        `${base}../secret.txt`,
        `${base}..%2fsecret.txt`,
      ]) {
        const { statusCode, body } = await below.inject(url);
        expect(statusCode, url).toBeGreaterThanOrEqual(400);
        expect(body, url).not.toContain("secret");
      }
      expect((await below.inject("/nothing")).body).toBe("<h1>Nothing here</h1>");
      await below.close();
    },
  );

  test("may stand below a path", async () => {
    const below = fastify();
    await below.register(siteFiles, { root: join(home, "dist"), prefix: "/reviews" });
    expect((await below.inject("/reviews/sprints/")).body).toBe("<h1>Sprints</h1>");
    expect((await below.inject("/reviews/sprints")).headers.location).toBe("/reviews/sprints/");
    expect((await below.inject("/sprints/")).statusCode).toBe(404);
    await below.close();
  });
});
