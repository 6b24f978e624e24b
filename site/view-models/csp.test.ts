import { describe, expect, it, test } from "vitest";
import { contentSecurityPolicy, liveNeeds } from "./csp.ts";

const policyOf = (needs?: Parameters<typeof contentSecurityPolicy>[0]): Record<string, string> =>
  Object.fromEntries(
    contentSecurityPolicy(needs)
      .split("; ")
      .map((part) => [part.slice(0, part.indexOf(" ")), part.slice(part.indexOf(" ") + 1)]),
  );

describe("the policy of a page", () => {
  it("lets in nothing but the site's own files", () => {
    expect(policyOf()).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "worker-src": "'self'",
      "manifest-src": "'self'",
      "frame-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self'",
    });
    expect(policyOf({ frames: [], live: [], search: false })).toEqual(policyOf());
  });

  it("opens by just what a page needs", () => {
    const changed = (needs: Parameters<typeof contentSecurityPolicy>[0]) =>
      Object.entries(policyOf(needs)).filter(([name, value]) => policyOf()[name] !== value);
    expect(changed({ search: true })).toEqual([["script-src", "'self' 'wasm-unsafe-eval'"]]);
    expect(changed({ frames: ["https://a.example", "https://b.example"] })).toEqual([
      ["frame-src", "https://a.example https://b.example"],
    ]);
  });

  test.each([
    ["wss://demo.example", "https://demo.example wss://demo.example"],
    ["https://demo.example:8443/live", "https://demo.example:8443 wss://demo.example:8443"],
    ["ws://127.0.0.1:8787/live", "http://127.0.0.1:8787 ws://127.0.0.1:8787"],
    ["http://demo.example/a?b=c#d", "http://demo.example ws://demo.example"],
  ])("reaches a live demo at %s in both protocols, and nothing else of that host's", (url, origins) => {
    expect(policyOf({ live: [url] })["connect-src"]).toBe(`'self' ${origins}`);
  });

  it("holds no address that could end a directive", () => {
    const policy = contentSecurityPolicy({ live: ["wss://demo.example/;script-src *"] });
    expect(policy).not.toContain("script-src *");
    expect(() => contentSecurityPolicy({ live: ["wss://demo.example;script-src *"] })).toThrow();
  });
});

it("a demo is reached elsewhere only where the settings name a place", () => {
  const url = "wss://demo.example/live";
  expect(liveNeeds({ live: true, liveUrl: url })).toEqual({ live: [url] });
  expect(liveNeeds({ live: { url }, liveUrl: null })).toEqual({ live: [url] });
  expect([liveNeeds({ live: true, liveUrl: null }), liveNeeds({ live: false, liveUrl: null })]).toEqual([
    {},
    {},
  ]);
});
