import type { Session, Store } from "../ports.ts";
import type { AttendanceReport } from "../reports/attendance-report.ts";
import { pdfFrom } from "../reports/pdf-from.ts";

/** A session's *daftar hadir*; `printedAt` stands on it. Throws when the session's programme is gone. */
export async function attendancePdfOf(
  store: Store,
  session: Session,
  report: AttendanceReport,
  printedAt: number,
): Promise<Buffer> {
  const programme = await store.programmes.find(session.programmeId);
  if (!programme) throw new Error(`${session.id} belongs to no programme`);
  const { code, title, units } = programme;
  const unitTitle = units.find((unit) => unit.code === session.unit)?.title ?? session.unit;
  return await pdfFrom({
    kind: "attendance",
    input: { report, programme: { code, title }, unitTitle, printedAt },
  });
}
