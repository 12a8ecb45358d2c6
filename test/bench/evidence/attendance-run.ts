import { monitorEventLoopDelay } from "node:perf_hooks";
import { programmeAttendanceTable } from "../../../server/reports/programme-attendance-table.ts";
import { xlsxFileFrom } from "../../../server/reports/xlsx-file.ts";
import { createSqliteStore } from "../../../server/store/store.ts";
import { programmeAttendanceOf } from "../../../server/transport/programme-attendance.ts";
import { createQuietLog } from "../../support/quiet-log.ts";

/** A process of its own, so that its memory is the report's alone: a whole programme's attendance as XLSX. */
const [, , file = "", code = ""] = process.argv;
const store = await createSqliteStore({ file, log: createQuietLog().log });
const programme = await store.programmes.find(code);
if (!programme) throw new Error(`there is no programme ${code}`);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedAt = performance.now();
const report = await programmeAttendanceOf(store, programme, Date.now());
const computedAt = performance.now();
const bytes = await xlsxFileFrom(programmeAttendanceTable(report));
const endedAt = performance.now();
// The last delay is noticed in the turn after it.
await new Promise((resolve) => setTimeout(resolve, 20));
delay.disable();
await store.close();
process.stdout.write(
  JSON.stringify({
    people: report.items.length,
    sessions: report.sessions.length,
    bytes: bytes.length,
    computeMs: computedAt - startedAt,
    totalMs: endedAt - startedAt,
    longestStallMs: delay.max / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  }),
);
