import { z } from "zod";

const figureSchema = z.object({
  what: z.string(),
  // What could not be measured is NaN, which JSON writes as null.
  value: z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
  unit: z.string(),
  atMost: z.number().nullable(),
  atLeast: z.number().nullish(),
});

const seriesSchema = z.object({ name: z.string(), points: z.array(z.tuple([z.number(), z.number()])) });

const chartSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("bars"),
    title: z.string(),
    unit: z.string(),
    bars: z.array(z.object({ label: z.string(), value: z.number() })),
  }),
  z.object({
    kind: z.literal("lines"),
    title: z.string(),
    across: z.string(),
    up: z.string(),
    /** A line that is not to be crossed. */
    limit: z.number().optional(),
    series: z.array(seriesSchema),
  }),
]);

/** What one bench found; the file that `--json` names. */
export const benchResultSchema = z.object({
  title: z.string().optional(),
  machine: z.object({ cpu: z.string(), cores: z.number(), node: z.string(), platform: z.string() }),
  figures: z.array(figureSchema),
  /** Whole sentences: how it was measured, and what limits it. */
  notes: z.array(z.string()).default([]),
  charts: z.array(chartSchema).default([]),
});

export type Chart = z.infer<typeof chartSchema>;
export type BenchResult = z.infer<typeof benchResultSchema>;
