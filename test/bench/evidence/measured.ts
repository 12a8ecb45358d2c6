import { availableParallelism, cpus } from "node:os";

/** One figure with what it may be at most. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Null where it is only told. */
  readonly atMost: number | null;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The machine that the figures are of. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** The figures as a Markdown table, the machine above it. */
export function tableFrom(figures: readonly Figure[]): string {
  const { cpu, cores, node, platform } = machine();
  const lines = figures.map(({ what, value, unit, atMost }) => {
    const is = `| ${what} | ${value.toFixed(2)} ${unit}`;
    if (atMost === null) return `${is} | | |`;
    return `${is} | ${atMost} ${unit} | ${value <= atMost ? "reached" : "MISSED"} |`;
  });
  return [
    `${cpu}, ${cores} cores, ${platform}, Node ${node}`,
    "",
    "| measured | is | at most | |",
    "|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
