import { defineConfig } from "vitest/config";

// Vitest would leave one core idle; of two that is half. Tests wait as much as they compute.
const maxWorkers = "100%";
const excluded = ["**/node_modules/**", "**/dist/**", "**/.sprintcast/**"];

// Two projects: everything that runs in Node alone, and what needs a built site and a real browser.
export default defineConfig({
  test: {
    maxWorkers,
    reporters: ["default", "./scripts/plain-summary.ts"],
    projects: [
      {
        test: {
          name: "node",
          maxWorkers,
          include: ["{action,bin,create,tracker,demo,site,scripts}/**/*.test.ts"],
          exclude: [...excluded, "**/*.browser.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "browser",
          maxWorkers,
          include: ["{demo,site}/**/*.browser.test.ts"],
          exclude: excluded,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
