import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultOptions, OptionError } from "../options/options.ts";
import { postgresAccess } from "./postgres-access.ts";

const accessOf = (store: string | null, more: { storeCa?: string } = {}) =>
  postgresAccess({ ...defaultOptions(), store, ...more });

describe("--store", () => {
  it("is none by default, and the SQLite file is used", () => {
    expect(accessOf(null)).toBeNull();
  });

  it.each([
    [
      "postgres://eater:secret@db.example/demo",
      { host: "db.example", port: 5432, database: "demo", user: "eater", password: "secret", tls: null },
    ],
    [
      "postgresql://a%40b:p%3Aw%2F%25@[2001:db8::1]:6432/of%20ours?sslmode=require",
      {
        ...{ host: "2001:db8::1", port: 6432, database: "of ours", user: "a@b", password: "p:w/%" },
        tls: { isVerified: false, ca: null },
      },
    ],
    [
      "postgres://eater@/demo?host=/var/run/postgresql",
      { host: "/var/run/postgresql", port: 5432, database: "demo", user: "eater", password: null, tls: null },
    ],
    ["postgres://eater@db/demo?sslmode=verify-full", { tls: { isVerified: true, ca: null } }],
  ])("is read whole: %s", (url, expected) => {
    expect(accessOf(url)).toMatchObject(expected);
  });

  it.each([
    ["mysql://u:hidden@db/demo", "begins with postgres://"],
    ["postgres:/u:hidden@db", "begins with postgres://"],
    ["postgres://u:hidden@db", "name of one database"],
    ["postgres://u:hidden@db/a/b", "name of one database"],
    ["postgres://db/demo", "names no user"],
    ["postgres://u:hidden@/demo", "names no host"],
    ["postgres://u:hidden@db:99999/demo", "%40"],
    ["postgres://u:hid/den@db/demo", "%40"],
    ["postgres://u:hidden%@db/demo", "%25"],
    ["postgres://u:hidden@db/demo?sslmode=prefer", "sslmode is one of"],
    ["postgres://u:hidden@db/demo?password=hidden", "sslmode and host alone"],
    ["postgres://u:hidden@db/demo?host=/run", "no host stands before"],
    ["postgres://u:hidden@/demo?host=run", "folder of a socket"],
    ["postgres://u:hidden@db/demo#hidden", "%23"],
  ])("refuses %s, and does not repeat the password", (url, why) => {
    expect(() => accessOf(url)).toThrow(OptionError);
    expect(() => accessOf(url)).toThrow(why);
    expect(() => accessOf(url)).not.toThrow(/hid/);
  });

  it("reads the authority that --store-ca names, where it is of use", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ca-"));
    const file = join(folder, "ca.pem");
    await writeFile(file, "an authority");
    const url = "postgres://eater@db/demo?sslmode=verify-full";
    expect(accessOf(url, { storeCa: file })?.tls).toEqual({ isVerified: true, ca: "an authority" });
    expect(() => accessOf(url, { storeCa: join(folder, "none") })).toThrow("cannot be read");
    expect(() => accessOf("postgres://eater@db/demo", { storeCa: file })).toThrow("sslmode=verify-full");
    expect(() => accessOf(null, { storeCa: file })).toThrow("--store");
    await rm(folder, { recursive: true });
  });
});
