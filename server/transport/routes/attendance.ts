import { attendanceQuerySchema, attendanceReportSchema } from "../../protocol/api.ts";
import { accept } from "../../protocol/errors.ts";
import { evidencePackSchema } from "../../protocol/evidence.ts";
import {
  programmeAttendanceQuerySchema,
  programmeAttendanceSchema,
} from "../../protocol/programme-attendance.ts";
import { attendanceReport } from "../../reports/attendance-report.ts";
import { attendanceTable } from "../../reports/attendance-table.ts";
import { evidencePackFrom } from "../../reports/evidence-pack.ts";
import { signPack } from "../../reports/pack-signature.ts";
import { programmeAttendanceTable } from "../../reports/programme-attendance-table.ts";
import { attachment } from "../attachment.ts";
import { attendancePdfOf } from "../attendance-pdf-of.ts";
import { namedRoomsOf } from "../named-rooms.ts";
import { programmeAttendanceOf } from "../programme-attendance.ts";
import { officeRoute, replyJson } from "../route.ts";
import { sessionEvidenceOf } from "../session-evidence.ts";
import { TABLE_TYPES, tableReply } from "../table-reply.ts";
import { fileFacts } from "../trail-facts.ts";
import {
  noQuery,
  programmeFrom,
  programmeParams,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

export function attendanceRoutes({ store, signer, clock }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/attendance",
      summary:
        "Everybody's attendance with the intervals behind it, absent people too; as JSON, CSV, XLSX or PDF",
      trail: {
        action: "attendance.read",
        about: ({ query }) => fileFacts("attendance.exported", query.format),
      },
      params: sessionParams,
      query: attendanceQuerySchema,
      response: { status: 200, schema: attendanceReportSchema, types: [...TABLE_TYPES, "application/pdf"] },
      async handle({ params, query }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const report = attendanceReport(await sessionEvidenceOf(store, session.data));
        if (query.format === "json") {
          return replyJson(200, { ...report, rooms: await namedRoomsOf(store, session.data.id, report) });
        }
        if (query.format === "pdf") {
          const bytes = await attendancePdfOf(store, session.data, report, clock.now());
          const headers = attachment(`daftar-hadir-${session.data.id}.pdf`);
          return accept({ status: 200, headers, body: { bytes, type: "application/pdf" } });
        }
        return await tableReply(attendanceTable(report), query.format, `kehadiran-${session.data.id}`);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/attendance",
      summary: "Everybody's JP in every session and unit of the programme; as JSON, CSV or XLSX",
      trail: {
        action: "attendance.read",
        about: ({ query }) => fileFacts("attendance.exported", query.format),
      },
      params: programmeParams,
      query: programmeAttendanceQuerySchema,
      response: { status: 200, schema: programmeAttendanceSchema, types: TABLE_TYPES },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const report = await programmeAttendanceOf(store, programme.data, clock.now());
        if (query.format === "json") return replyJson(200, report);
        const name = `kehadiran-${programme.data.id}`;
        return await tableReply(programmeAttendanceTable(report), query.format, name);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/evidence",
      summary: "The signed evidence pack (balai-evidence/1), which anybody can recompute",
      trail: { action: "evidence.exported" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: evidencePackSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const pack = evidencePackFrom(await sessionEvidenceOf(store, session.data));
        return replyJson(200, await signPack(pack, signer), attachment(`bukti-${session.data.id}.json`));
      },
    }),
  ];
}
