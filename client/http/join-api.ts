import type { JoinView, OwnAttendance } from "../../server/protocol/api.ts";
import type { OwnCompletion } from "../../server/protocol/completion.ts";
import { requestJson } from "./request-json.ts";

const pathOf = (linkId: string) => `/api/v1/join/${encodeURIComponent(linkId)}`;

/** Exchanges a link's token for its cookie. Refuses `link-unknown`, `link-expired` or `link-revoked`. */
export function exchangeToken(token: string) {
  return requestJson<{ readonly linkId: string }>("/api/v1/join", { method: "POST", body: { token } });
}

/** Whose link this is, and which class it opens. */
export function fetchJoinView(linkId: string) {
  return requestJson<JoinView>(pathOf(linkId));
}

/** One's own attendance, with what the rules need to be said in words; shares are basis points. */
export function fetchOwnAttendance(linkId: string) {
  return requestJson<OwnAttendance>(`${pathOf(linkId)}/attendance`);
}

/** One's own requirements of the programme and how far they are met. */
export function fetchOwnCompletion(linkId: string) {
  return requestJson<OwnCompletion>(`${pathOf(linkId)}/completion`);
}
