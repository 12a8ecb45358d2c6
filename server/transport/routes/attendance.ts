import { attendanceQuerySchema, attendanceReportSchema } from "../../protocol/api.ts";
import { accept } from "../../protocol/errors.ts";
import { evidencePackSchema } from "../../protocol/evidence.ts";
import { attendanceCsv } from "../../reports/attendance-csv.ts";
import { attendanceReport } from "../../reports/attendance-report.ts";
import { evidencePackFrom } from "../../reports/evidence-pack.ts";
import { signPack } from "../../reports/pack-signature.ts";
import { officeRoute, replyJson } from "../route.ts";
import { sessionEvidenceOf } from "../session-evidence.ts";
import { noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";

export function attendanceRoutes({ store, signer }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/attendance",
      summary: "Everybody's attendance with the intervals behind it, absent people too; as JSON or CSV",
      params: sessionParams,
      query: attendanceQuerySchema,
      response: { status: 200, schema: attendanceReportSchema, types: ["text/csv"] },
      async handle({ params, query }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const report = attendanceReport(await sessionEvidenceOf(store, session.data));
        if (query.format === "json") return replyJson(200, report);
        return accept({
          status: 200,
          headers: attachment(`kehadiran-${session.data.id}.csv`),
          body: { text: attendanceCsv(report), type: "text/csv; charset=utf-8" },
        });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/evidence",
      summary: "The signed evidence pack (balai-evidence/1), which anybody can recompute",
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

/** Names of our own making only: nothing that people typed stands in a header. */
function attachment(fileName: string): Record<string, string> {
  return { "Content-Disposition": `attachment; filename="${fileName}"` };
}
