import { describe, expect, test } from "vitest";
import { readAccess } from "./access.ts";

const baseOf = (rest?: string, graph?: string) =>
  readAccess({ GITHUB_API_URL: rest, GITHUB_GRAPHQL_URL: graph }, null).graphBase;

describe("where the REST API is", () => {
  const apiOf = (web: string | null, rest?: string) => readAccess({ GITHUB_API_URL: rest }, web);

  test.each([
    [null, "https://api.github.com", "https://api.github.com"],
    ["https://github.com", "https://api.github.com", "https://api.github.com"],
    ["https://www.github.com", "https://api.github.com", "https://api.github.com"],
    ["https://acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com"],
    ["https://github.example.com", "https://github.example.com/api/v3", "https://github.example.com/api"],
    ["http://ghe.lan:8080", "http://ghe.lan:8080/api/v3", "http://ghe.lan:8080/api"],
    ["https://notgithub.com", "https://notgithub.com/api/v3", "https://notgithub.com/api"],
  ])("for %s at %s, with GraphQL below %s", (web, apiUrl, graphBase) => {
    expect(apiOf(web)).toMatchObject({ apiUrl, graphBase });
  });

  test("the environment goes first, but for what a workflow on github.com finds in its own", () => {
    const web = "https://github.example.com";
    expect(apiOf(web, "https://mirror.example.com/api/v3").apiUrl).toBe("https://mirror.example.com/api/v3");
    const workflow = {
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_GRAPHQL_URL: "https://api.github.com/graphql",
    };
    expect(readAccess(workflow, web)).toMatchObject({
      apiUrl: "https://github.example.com/api/v3",
      graphBase: "https://github.example.com/api",
    });
    expect(readAccess(workflow, null)).toMatchObject({
      apiUrl: "https://api.github.com",
      graphBase: "https://api.github.com",
    });
  });
});

describe("where GraphQL is", () => {
  test("beside the REST API, unless it is named", () => {
    expect(baseOf()).toBe("https://api.github.com");
    expect(baseOf("https://github.example.com/api/v3/")).toBe("https://github.example.com/api");
    expect(baseOf("http://127.0.0.1:8080")).toBe("http://127.0.0.1:8080");
    expect(baseOf(undefined, " https://github.example.com/api/graphql/ ")).toBe(
      "https://github.example.com/api",
    );
  });

  test.each([
    "graphql",
    "https://github.example.com/api",
    "https://a:b@x.invalid/graphql",
    "https://x.invalid/graphql?t=1",
    "file:///graphql",
  ])("%s is refused", (address) => {
    expect(() => baseOf(undefined, address)).toThrow(expect.objectContaining({ code: "graphql-url-form" }));
  });
});
