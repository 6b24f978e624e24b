import { expect, test } from "vitest";
import { loadOptional } from "./optional-package.ts";

/** What Node throws where a package is not there. */
const missing = (name: string) => async () => {
  throw Object.assign(new Error(`Cannot find package '${name}' imported from /team/cli.js`), {
    code: "ERR_MODULE_NOT_FOUND",
  });
};

test("a package that is there is loaded", async () => {
  expect(await loadOptional("node:path", () => import("node:path"))).toHaveProperty("join");
});

test.each([
  ["@some/package@2", "@some/package"],
  ["package@1.2.3", "package"],
  ["@some/package", "@some/package"],
])("%s that is not there is named with the command that installs it", async (asked, name) => {
  await expect(loadOptional(asked, missing(name))).rejects.toMatchObject({
    code: "package-missing",
    message: expect.stringContaining(` ${name},`),
    hint: expect.stringContaining(`npm install ${asked} `),
  });
});

test.each([
  ["another package that it needs in turn", missing("@some/package-of-others")],
  ["its own fault", () => Promise.reject(new TypeError("broken '@some/package'"))],
])("%s is told as it is", async (_, load) => {
  const fault = await load().catch((error: unknown) => error);
  await expect(loadOptional("@some/package@2", () => Promise.reject(fault))).rejects.toBe(fault);
});
