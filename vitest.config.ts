import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { testFolder } from "./scripts/test-folder.ts";

// Vitest would leave one core idle; of two that is half. Tests wait as much as they compute.
const maxWorkers = "100%";
// Tests wait for states. How long a state may take says nothing of the program: a busy machine takes as long as it takes.
const patience = 120_000;
const waits = { testTimeout: patience, hookTimeout: 2 * patience, expect: { poll: { timeout: patience } } };
// One process for file after file: loading the same modules anew for each takes longer than most files' tests do.
const shared = { isolate: false, setupFiles: "./scripts/as-found.ts" };
const excluded = ["**/node_modules/**", "**/dist/**", "**/.sprintcast/**"];

const inNode = "{action,bin,create,tracker,demo,deploy,site,scripts}/**/*.test.ts";
// A module that stands in for another must come before whoever imports that: such a file keeps a process of its own.
const apart = globSync(inNode, { cwd: import.meta.dirname, exclude: excluded }).filter((file) =>
  /\bvi\.(mock|doMock)\(/.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8")),
);
const node = {
  maxWorkers,
  globalSetup: "./scripts/test-folder.ts",
  // Not for browsers: Chromium is unpacked into the system's own folder, once for all runs.
  env: { TMPDIR: testFolder },
  ...waits,
};

// What runs in Node alone, in shared processes or apart, and what needs a built site and a real browser.
export default defineConfig({
  test: {
    maxWorkers,
    reporters: ["default", "./scripts/plain-summary.ts"],
    projects: [
      {
        test: {
          ...node,
          ...shared,
          name: "node",
          include: [inNode],
          exclude: [...excluded, "**/*.browser.test.ts", ...apart],
        },
      },
      { test: { ...node, name: "apart", include: apart } },
      {
        test: {
          name: "browser",
          maxWorkers,
          include: ["{demo,site}/**/*.browser.test.ts"],
          exclude: excluded,
          globalSetup: "./scripts/browser-setup.ts",
          ...shared,
          ...waits,
          testTimeout: 3 * patience,
        },
      },
    ],
  },
});
