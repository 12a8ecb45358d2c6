import { describe, expect, it } from "vitest";
import { countLine, isGood, sumOf, testCountFrom } from "../../setup/test-count.mjs";

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }],
};

describe("the count of results", () => {
  it("SU6 is the report's where all is well", () => {
    expect(testCountFrom(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  });

  it("SU6 counts a file that failed before its first test", () => {
    const broken = {
      ...report,
      testResults: [...report.testResults, { status: "failed", assertionResults: [] }],
    };
    expect(testCountFrom(broken, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it("SU6 counts failed tests once, not their file again", () => {
    const testResults = [
      { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
    ];
    expect(testCountFrom({ ...report, numFailedTests: 1, testResults }, 1).failed).toBe(1);
  });

  it("SU6 never calls a run good that exited with an error", () => {
    expect(testCountFrom(report, 1).failed).toBe(1);
    expect(testCountFrom(null, 134)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("SU6 is one line, and names what was skipped only if something was", () => {
    const counts = [
      testCountFrom(report, 0),
      testCountFrom({ ...report, numPendingTests: 2, numTodoTests: 1 }, 0),
    ];
    expect(countLine(sumOf(counts))).toBe("6 passed, 0 failed, 3 skipped");
    expect(countLine(sumOf([]))).toBe("0 passed, 0 failed");
  });

  it("SU6 is good only if tests ran and none failed", () => {
    expect(isGood({ passed: 1, failed: 0, skipped: 0 })).toBe(true);
    expect(isGood({ passed: 0, failed: 0, skipped: 0 })).toBe(false);
    expect(isGood({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
  });
});
