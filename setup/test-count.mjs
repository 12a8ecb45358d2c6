import { readFileSync } from "node:fs";

/**
 * @typedef {{passed: number, failed: number, skipped: number}} TestCount
 */

/**
 * @typedef {{numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: {status: string, assertionResults: {status: string}[]}[]}} VitestReport of vitest's `json` reporter
 */

/**
 * What one run of vitest amounts to. A file that failed before its first test counts as a failure, and so does a run
 * that exited with an error (an unhandled rejection, say) though every test passed, or that left no report.
 * @param {VitestReport | null} report
 * @param {number} exitCode
 * @returns {TestCount}
 */
export function testCountFrom(report, exitCode) {
  if (report === null) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((assertion) => assertion.status !== "failed"),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {readonly TestCount[]} counts
 * @returns {TestCount}
 */
export function sumOf(counts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * The last line of `npm test`.
 * @param {TestCount} count
 */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {TestCount} count */
export function isGood({ passed, failed }) {
  return failed === 0 && passed > 0;
}

/**
 * @param {string} path
 * @returns {VitestReport | null}
 */
export function reportFrom(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
