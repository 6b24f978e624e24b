import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultOptions, OptionError } from "../options/options.ts";
import { feederSettings, liveSettings } from "./settings.ts";

const settingsWith = (values: { origins?: string; hosts?: string }) =>
  liveSettings({ ...defaultOptions(), ...values });

describe("origins that may show the view", () => {
  test.each([
    ["", []],
    ["*", ["*"]],
    ["https://team.example", ["https://team.example"]],
    ["https://team.example/", ["https://team.example"]],
    ["HTTPS://Team.Example:443 , http://[::1]:8080", ["https://team.example", "http://[::1]:8080"]],
    ["https://bücher.example", ["https://xn--bcher-kva.example"]],
  ])("%j are told as browsers send them", (origins, told) => {
    expect(settingsWith({ origins }).origins).toEqual(told);
  });

  test.each([
    "team.example",
    "https://team.example/reviews",
    "https://team.example/?x",
    "https://user@team.example",
    "*.team.example",
    "https://",
    "null",
    "file:///page.html",
    "https://a.example https://b.example",
  ])("%j is refused, since no page could ever match it", (origins) => {
    expect(() => settingsWith({ origins: `https://first.example,${origins}` })).toThrow(OptionError);
    expect(() => settingsWith({ origins: `https://first.example,${origins}` })).toThrow(`not "${origins}"`);
  });

  test("whatever is taken is what a browser sends from a page there", () => {
    fc.assert(
      fc.property(fc.webUrl(), (address) => {
        const { origin } = new URL(address);
        expect(settingsWith({ origins: origin }).origins).toEqual([origin]);
      }),
    );
  });
});

describe("names of this host", () => {
  test("are kept as they stand in an address, beside the machine's own", () => {
    const { hosts } = settingsWith({ hosts: "Live.Team.Example, bücher.example,10.0.0.7" });
    expect(hosts.slice(0, 3)).toEqual(["live.team.example", "xn--bcher-kva.example", "10.0.0.7"]);
    expect(settingsWith({}).hosts).toEqual(hosts.slice(3));
  });

  test.each([
    "https://live.team.example",
    "live.team.example:8080",
    "live.team.example/",
    "user@live.team.example",
    "two names",
    "*.team.example#",
  ])("%j is refused, since it is no name alone", (hosts) => {
    expect(() => settingsWith({ hosts })).toThrow(OptionError);
    expect(() => settingsWith({ hosts })).toThrow(`not "${hosts}"`);
  });
});

describe("options that belong together", () => {
  const feeder = (values: object) => feederSettings({ ...defaultOptions(), ...values }, "http://h", "t");
  const live = (values: object) => liveSettings({ ...defaultOptions(), ...values });

  test.each([
    [live, "conflateBytes", "closeBytes", "--conflate-bytes (20) may not be more than --close-bytes (10)"],
    [live, "catchUpBytes", "closeBytes", "--catch-up-bytes (20) may not be more than --close-bytes (10)"],
    [
      feeder,
      "backoffFirstMs",
      "backoffMaxMs",
      "--backoff-first-ms (20) may not be more than --backoff-max-ms (10)",
    ],
  ])(
    "%o: %s past %s is refused, with both values; the same of both is not",
    (settings, lower, upper, says) => {
      const small = { conflateBytes: 5, catchUpBytes: 5 };
      expect(() => settings({ ...small, [lower]: 20, [upper]: 10 })).toThrow(OptionError);
      expect(() => settings({ ...small, [lower]: 20, [upper]: 10 })).toThrow(says);
      expect(() => settings({ ...small, [lower]: 10, [upper]: 10 })).not.toThrow();
    },
  );
});
