import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../options/options.ts";
import { parseServers } from "./server-url.ts";

const parse = (text: string) => parseServers("bus", text, ["nats:", "tls:"], "nats://host:port");

describe("the address of servers", () => {
  it.each([
    ["nats://a", { scheme: "nats:", hosts: ["a"], user: null, password: null }],
    ["tls://a:4222/", { scheme: "tls:", hosts: ["a:4222"], user: null, password: null }],
    ["nats://u:p@a,b:1, nats://c", { scheme: "nats:", hosts: ["a", "b:1", "c"], user: "u", password: "p" }],
    ["nats://u:p@a,u:p@b", { scheme: "nats:", hosts: ["a", "b"], user: "u", password: "p" }],
    ["nats://token@[::1]:4222", { scheme: "nats:", hosts: ["[::1]:4222"], user: "token", password: null }],
  ])("%s is read", (text, servers) => {
    expect(parse(text)).toEqual(servers);
  });

  it.each([
    ["kafka://a", /nats:\/\/host:port, not "kafka:\/\/a"$/],
    ["nats://", /nats:\/\/host:port/],
    ["nats://a:99999", /nats:\/\/host:port/],
    ["nats://a,tls://b", /one scheme, here nats:/],
    ["nats://a/path", /nothing may stand behind the port/],
    ["nats://a?tls=true", /nothing may stand behind the port/],
    ["nats://u:secret@a,v:secret@b", /one user and password/],
    ["nats://a,u:secret@b", /with the first server/],
    ["nats://:secret@a", /needs a user/],
    ["nats://u:se,cret@a", /%2C/],
    ["nats://u:secret%@a", /%25/],
  ])("%s is refused aloud, and no password repeated", (text, why) => {
    expect(() => parse(text)).toThrow(OptionError);
    expect(() => parse(text)).toThrow(why);
    expect(() => parse(text)).not.toThrow(/secret|cret/);
  });

  it("hands on any user and password as it was before it was encoded", () => {
    const some = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(some, some, (user, password) => {
        const text = `nats://${encodeURIComponent(user)}:${encodeURIComponent(password)}@a:4222,b`;
        expect(parse(text)).toEqual({ scheme: "nats:", hosts: ["a:4222", "b"], user, password });
      }),
    );
  });
});
