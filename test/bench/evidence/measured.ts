import { availableParallelism, cpus } from "node:os";

/** One figure with what it may be at most, or has to be at least. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Null where it is only told, or has a least value. */
  readonly atMost: number | null;
  readonly atLeast?: number | null;
}

/** Whether a figure is what it has to be; one that has to be nothing is. */
export function isReached({ value, atMost, atLeast = null }: Figure): boolean {
  // Not a number is not reached.
  return (atMost === null || value <= atMost) && (atLeast === null || value >= atLeast);
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
  return [`${cpu}, ${cores} cores, ${platform}, Node ${node}`, "", ...figureRows(figures), ""].join("\n");
}

/** The same without the machine. */
export function figureRows(figures: readonly Figure[]): readonly string[] {
  const lines = figures.map((figure) => {
    const { what, value, unit, atMost, atLeast = null } = figure;
    const is = `| ${what} | ${`${value.toFixed(2)} ${unit}`.trim()}`;
    if (atMost === null && atLeast === null) return `${is} | | |`;
    const bound = atMost === null ? `≥ ${atLeast}` : `≤ ${atMost}`;
    return `${is} | ${`${bound} ${unit}`.trim()} | ${isReached(figure) ? "reached" : "MISSED"} |`;
  });
  return ["| measured | is | to reach | |", "|---|---|---|---|", ...lines];
}
