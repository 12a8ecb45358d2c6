import { z } from "zod";
import { accept } from "../../protocol/errors.ts";
import { apiReferenceFrom } from "../api-reference.ts";
import { openapiFrom } from "../openapi.ts";
import { openRoute, type Route, replyJson } from "../route.ts";
import { accountRoutes } from "./accounts.ts";
import { adjustmentRoutes } from "./adjustments.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { attendanceRoutes } from "./attendance.ts";
import { calendarRoutes } from "./calendar.ts";
import { captionRoutes } from "./captions.ts";
import { caseRoutes } from "./cases.ts";
import { certificateRoutes } from "./certificates.ts";
import { checkInRoutes } from "./check-in.ts";
import { classHomeRoutes } from "./class-home.ts";
import { completionRoutes } from "./completion.ts";
import { correctionQueueRoutes } from "./correction-queue.ts";
import { deckRoutes } from "./decks.ts";
import { disputeRoutes } from "./disputes.ts";
import { enrolmentRoutes } from "./enrolments.ts";
import { entryRoutes } from "./entry.ts";
import { exportRoutes } from "./exports.ts";
import { groupPlanRoutes } from "./group-plans.ts";
import { groupWorkRoutes } from "./group-work.ts";
import { issuerRoutes } from "./issuer.ts";
import { joinRoutes } from "./join.ts";
import { linkBatchRoutes } from "./link-batches.ts";
import { linkRevocationRoutes } from "./link-revocations.ts";
import { linkRoutes } from "./links.ts";
import { mySessionRoutes } from "./my-sessions.ts";
import { ownAccountRoutes } from "./own-account.ts";
import { ownConsentRoutes } from "./own-consent.ts";
import { personChangeRoutes } from "./person-changes.ts";
import { personDataRoutes } from "./person-data.ts";
import { playbackRoutes } from "./playback.ts";
import { playbackFileRoutes } from "./playback-files.ts";
import { programmeRoutes } from "./programmes.ts";
import { recordingLinkRoutes } from "./recording-links.ts";
import { recordingSettingRoutes } from "./recording-settings.ts";
import { recordingRoutes } from "./recordings.ts";
import { resultRoutes } from "./results.ts";
import { rollCallRoutes } from "./roll-call.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";
import { serverStateRoutes } from "./server-state.ts";
import { sessionChangeRoutes } from "./session-changes.ts";
import { sessionRoutes } from "./sessions.ts";
import { signInRoutes } from "./sign-in.ts";
import { signingKeyRoutes } from "./signing-key.ts";
import { staffRoutes } from "./staff.ts";
import { surveyRoutes } from "./surveys.ts";
import { trailRoutes } from "./trail.ts";

/** The one table of routes. */
export function routesFrom(parts: RouteParts): readonly Route[] {
  const routes: Route[] = [
    ...programmeRoutes(parts),
    ...entryRoutes(parts),
    ...enrolmentRoutes(parts),
    ...staffRoutes(parts),
    ...sessionRoutes(parts),
    ...sessionChangeRoutes(parts),
    ...calendarRoutes(parts),
    ...linkBatchRoutes(parts),
    ...linkRevocationRoutes(parts),
    ...linkRoutes(parts),
    ...personChangeRoutes(parts),
    ...attendanceRoutes(parts),
    ...rollCallRoutes(parts),
    ...checkInRoutes(parts),
    ...adjustmentRoutes(parts),
    ...disputeRoutes(parts),
    ...correctionQueueRoutes(parts),
    ...resultRoutes(parts),
    ...completionRoutes(parts),
    ...surveyRoutes(parts),
    ...certificateRoutes(parts),
    ...issuerRoutes(parts),
    ...joinRoutes(parts),
    ...classHomeRoutes(parts),
    ...deckRoutes(parts),
    ...playbackRoutes(parts),
    ...captionRoutes(parts),
    ...playbackFileRoutes(parts),
    ...exportRoutes(parts),
    ...recordingRoutes(parts),
    ...recordingLinkRoutes(parts),
    ...recordingSettingRoutes(parts),
    ...ownConsentRoutes(parts),
    ...caseRoutes(parts),
    ...groupPlanRoutes(parts),
    ...groupWorkRoutes(parts),
    ...signInRoutes(parts),
    ...ownAccountRoutes(parts),
    ...accountRoutes(parts),
    ...mySessionRoutes(parts),
    ...apiKeyRoutes(parts),
    ...trailRoutes(parts),
    ...personDataRoutes(parts),
    ...signingKeyRoutes(parts),
    ...serverStateRoutes(parts),
  ];
  const description = openRoute({
    method: "get",
    path: "/api/openapi.json",
    summary: "This description (OpenAPI 3.1)",
    params: noParams,
    query: noQuery,
    response: { status: 200, schema: z.record(z.string(), z.unknown()) },
    async handle() {
      return replyJson(200, openapi());
    },
  });
  const reference = openRoute({
    method: "get",
    path: "/api/docs",
    summary: "This description as a page to read",
    params: noParams,
    query: noQuery,
    response: { status: 200, schema: null, types: ["text/html"] },
    async handle() {
      return accept({ status: 200, body: { text: page(), type: "text/html" } });
    },
  });
  const all = [...routes, description, reference];
  let made: Record<string, unknown> | null = null;
  const openapi = () => {
    made ??= openapiFrom(all, parts.publicUrl);
    return made;
  };
  let written: string | null = null;
  const page = () => {
    written ??= apiReferenceFrom(all, parts.publicUrl);
    return written;
  };
  return all;
}
