import { describe, expect, it } from "vitest";
import { missingFor } from "../../setup/steps/bench-programs.mjs";
import type { BenchResult } from "../bench/page/bench-result.ts";
import { benchResultSchema } from "../bench/page/bench-result.ts";
import { resultsPage, standingOf } from "../bench/page/results-page.ts";
import { svgFrom } from "../bench/page/svg-chart.ts";

const machine = { cpu: "A processor", cores: 2, node: "v24.0.0", platform: "linux x64" };

function resultWith(figure: Partial<BenchResult["figures"][number]>): BenchResult {
  const told = { what: "ratio", value: 1, unit: "×", atMost: null, ...figure };
  return { machine, figures: [told], notes: [], charts: [] };
}

function runOf(result: BenchResult | null) {
  return { name: "forwarding", seconds: 61.4, result, failure: result ? null : "gcc is missing" };
}

describe("the page of results", () => {
  it.each([
    [{ value: 1.04, atMost: 1.05 }, "reached"],
    [{ value: 1.06, atMost: 1.05 }, "missed"],
    [{ value: 0.5, atLeast: 0.4 }, "reached"],
    [{ value: 0.3, atLeast: 0.4 }, "missed"],
    [{ value: Number.NaN, atMost: 1 }, "missed"],
    [{ value: 7 }, "reached"],
  ] as const)("calls %j %s", (figure, standing) => {
    expect(standingOf(runOf(resultWith(figure)))).toBe(standing);
  });

  it("keeps what could not be measured as such through its file", () => {
    const result = resultWith({ value: Number.NaN, atMost: 1 });
    const read = benchResultSchema.parse(JSON.parse(JSON.stringify(result)));
    expect(read.figures[0]?.value).toBeNaN();
  });

  it("names the machine, the commit and the time, each figure, and why a bench has none", () => {
    const page = resultsPage({
      startedAt: Date.UTC(2026, 0, 2, 3, 4),
      commit: "abc1234",
      isQuick: false,
      machine,
      system: "Linux 6.1, 8 GB",
      benches: [runOf(resultWith({ value: 1.04, atMost: 1.05 })), { ...runOf(null), name: "janus" }],
    });
    expect(page).toContain("2026-01-02 03:04 UTC, commit abc1234. A processor, 2 cores");
    expect(page).toContain("| ratio | 1.04 × | ≤ 1.05 × | reached |");
    expect(page).toContain("Not measured: gcc is missing");
  });

  it("draws bars and lines as SVG, with names escaped", () => {
    const bars = svgFrom({ kind: "bars", title: "a < b", unit: "µs", bars: [{ label: "one", value: 2 }] });
    expect(bars).toContain("<title>a &lt; b</title>");
    const lines = svgFrom({
      kind: "lines",
      title: "latency",
      across: "people",
      up: "ms",
      limit: 50,
      series: [
        {
          name: "class",
          points: [
            [100, 5],
            [200, 9],
          ],
        },
        { name: "nothing yet", points: [] },
      ],
    });
    expect(lines).not.toContain("NaN");
    expect(lines.match(/<circle/g)).toHaveLength(2);
  });
});

describe("what benches need", () => {
  it("is looked for by program or by file, and asked for once", () => {
    const missing = missingFor(["forwarding", "recording", "evidence"], ["/nowhere"], (path) =>
      path.includes("stdio"),
    );
    expect(missing).toEqual(["gcc", "libssl-dev", "libsrtp2-dev", "ffmpeg"]);
  });
});
