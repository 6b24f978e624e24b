import { describe, expect, it } from "vitest";
import { defaultOptions, OptionError, type OptionValues } from "../options/options.ts";
import { isBroker, mqttAccess } from "./mqtt-access.ts";

const accessOf = (from: string, more: Partial<OptionValues> = {}, feeder = "f") =>
  mqttAccess({ ...defaultOptions(), state: "state.ndjson", ...more }, from, feeder);

describe("--from mqtt://", () => {
  it("is a broker, and a file is none", () => {
    expect(["mqtt://h/t", "mqtts://h/t", "mqtt.csv", "-", null].map(isBroker)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    [
      "mqtt://broker.example/hall/+/temperature",
      { host: "broker.example", port: 1883, tls: null, user: null },
    ],
    [
      "mqtts://u:p%40s@[::1]:9000/site/#",
      { host: "::1", port: 9000, user: "u", password: "p@s", filter: "site/#" },
    ],
    ["mqtts://broker/#", { port: 8883, filter: "#", tls: { ca: null, cert: null, key: null } }],
    ["mqtt://broker//a b?c", { filter: "/a b?c" }],
  ])("is read whole: %s", (from, expected) => {
    expect(accessOf(from)).toMatchObject(expected);
  });

  it("has one session for one feeder and one filter", () => {
    const { clientId } = accessOf("mqtt://broker/a");
    expect(clientId).toMatch(/^sc-[0-9a-f]{20}$/);
    expect(accessOf("mqtt://u:other@elsewhere/a").clientId).toBe(clientId);
    expect(accessOf("mqtt://broker/b").clientId).not.toBe(clientId);
    expect(accessOf("mqtt://broker/a", {}, "g").clientId).not.toBe(clientId);
  });

  it.each([
    ["mqtt://u:hidden@broker", "topic filter"],
    ["mqtt://u:hidden@broker/", "topic filter"],
    ["mqtt://u:hidden@broker/a#", "topic filter"],
    ["mqtt://u:hidden@broker/#/a", "topic filter"],
    ["mqtt://u:hidden@broker/a+/b", "topic filter"],
    ["mqtt:///a", "names no host"],
    ["mqtt://:hidden@broker/a", "needs a user"],
    ["mqtt://u:hidden%@broker/a", "%25"],
    ["mqtt://u:hidden@broker:99999/a", "%40"],
  ])("refuses %s, and does not repeat the password", (from, why) => {
    expect(() => accessOf(from)).toThrow(OptionError);
    expect(() => accessOf(from)).toThrow(why);
    expect(() => accessOf(from)).not.toThrow(/hidden/);
  });

  it.each([
    ["mqtt://broker/a", { state: null }, "--state"],
    ["mqtt://broker/a", { mqttCa: "ca.pem" }, "mqtts://"],
    ["mqtts://broker/a", { mqttCert: "cert.pem" }, "belong together"],
    ["mqtts://broker/a", { mqttCa: "/nowhere/ca.pem" }, "cannot be read"],
  ])("%s with %o is refused: %s", (from, more, why) => {
    expect(() => accessOf(from, more)).toThrow(why);
  });
});
