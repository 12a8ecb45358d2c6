import type {
  CaseBody,
  GroupPlanBody,
  Preparation,
  RoomWork,
  SavedCase,
  SavedGroupPlan,
  Score,
  ScoreBody,
  WorkedRoom,
} from "../../server/protocol/case-work.ts";
import { base64From } from "../ended/base64.ts";
import { type Answer, answerFrom, requestJson } from "../http/request-json.ts";

interface Items<Item> {
  readonly items: readonly Item[];
}
export interface LastGroups {
  readonly from: { readonly sessionId: string; readonly title: string } | null;
  readonly groups: NonNullable<GroupPlanBody["groups"]>;
}

const pathOf = (linkId: string) => `/api/v1/join/${encodeURIComponent(linkId)}`;

/** Cases, plans of groups and scores, by the link of one of the session's staff. */
export function caseApi(linkId: string) {
  const path = pathOf(linkId);
  return {
    preparation: () => requestJson<Preparation>(`${path}/preparation`),
    cases: () => requestJson<Items<SavedCase>>(`${path}/cases`),
    oneCase: (caseId: string) => requestJson<SavedCase>(`${path}/cases/${caseId}`),
    /** A new case where `caseId` is null. */
    saveCase: (caseId: string | null, body: CaseBody) =>
      caseId === null
        ? requestJson<SavedCase>(`${path}/cases`, { method: "POST", body })
        : requestJson<SavedCase>(`${path}/cases/${caseId}`, { method: "PUT", body }),
    removeCase: (caseId: string) => requestJson<null>(`${path}/cases/${caseId}`, { method: "DELETE" }),
    copyCase: (caseId: string, sessionId: string) =>
      requestJson<SavedCase>(`${path}/cases/${caseId}/copies`, { method: "POST", body: { sessionId } }),
    addFile: (caseId: string, file: File, onProgress: (share: number) => void) =>
      sendFile(`${path}/cases/${caseId}/files`, file, onProgress),
    removeFile: (caseId: string, attachmentId: string) =>
      requestJson<SavedCase>(`${path}/cases/${caseId}/files/${attachmentId}`, { method: "DELETE" }),
    plans: () => requestJson<Items<SavedGroupPlan>>(`${path}/group-plans`),
    savePlan: (planId: string | null, body: GroupPlanBody) =>
      planId === null
        ? requestJson<SavedGroupPlan>(`${path}/group-plans`, { method: "POST", body })
        : requestJson<SavedGroupPlan>(`${path}/group-plans/${planId}`, { method: "PUT", body }),
    removePlan: (planId: string) => requestJson<null>(`${path}/group-plans/${planId}`, { method: "DELETE" }),
    copyPlan: (planId: string, sessionId: string) =>
      requestJson<SavedGroupPlan>(`${path}/group-plans/${planId}/copies`, {
        method: "POST",
        body: { sessionId },
      }),
    lastGroups: () => requestJson<LastGroups>(`${path}/last-groups`),
    workedRooms: () => requestJson<Items<WorkedRoom>>(`${path}/group-work`),
    roomWork: (roomId: string) => requestJson<RoomWork>(`${path}/group-work/${roomId}`),
    score: (roomId: string, body: ScoreBody) =>
      requestJson<Score>(`${path}/group-work/${roomId}/score`, { method: "PUT", body }),
  };
}
export type CaseApi = ReturnType<typeof caseApi>;

/** Where a case's file is. */
export function caseFileAddress(linkId: string, caseId: string, attachmentId: string): string {
  return `${pathOf(linkId)}/cases/${caseId}/files/${attachmentId}`;
}

/** `onProgress` gets the share sent, 0 to 1. fetch cannot tell that, so it is an XMLHttpRequest. */
async function sendFile(
  path: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Answer<SavedCase>> {
  const content = await base64From(file);
  if (content === null) return { ok: false, code: "bad-request" };
  return await new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("load", () => resolve(answerFrom(request.status, request.responseText)));
    request.addEventListener("error", () => resolve({ ok: false, code: "offline" }));
    request.send(JSON.stringify({ name: file.name, content }));
  });
}
