import { describe, expect, test } from "vitest";
import { readAccess } from "./access.ts";

const baseOf = (rest?: string, graph?: string) =>
  readAccess({ GITHUB_API_URL: rest, GITHUB_GRAPHQL_URL: graph }).graphBase;

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
