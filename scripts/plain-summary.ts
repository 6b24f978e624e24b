import type { Reporter, TestModule } from "vitest/node";

/** Ends the output with one plain line that any CI reads: `N passed, N failed, N skipped`. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      const results = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of results) count[state] += 1;
      // A file that does not even load, or a hook that throws, is a failure without a test of its own.
      if (module.state() === "failed" && !results.includes("failed")) count.failed += 1;
    }
    const failed = count.failed + errors.length;
    console.log(`\n${count.passed} passed, ${failed} failed, ${count.skipped + count.pending} skipped`);
  }
}
