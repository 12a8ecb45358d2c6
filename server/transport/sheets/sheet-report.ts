import { z } from "zod";

/** What the child says of a workbook: its first sheet as texts, or why not. */
export const sheetReportSchema = z.union([
  z.strictObject({ rows: z.array(z.array(z.string())) }),
  z.strictObject({ fault: z.enum(["too-large", "broken"]), details: z.string() }),
]);
export type SheetReport = z.infer<typeof sheetReportSchema>;
