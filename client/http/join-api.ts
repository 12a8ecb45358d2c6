import type { PersonAttendance, Slot } from "../../server/protocol/evidence.ts";
import type { Person } from "../../server/protocol/people.ts";
import type { ClassInfo, ClassStatus } from "../../server/protocol/views.ts";
import { requestJson } from "./request-json.ts";

/** What a personal link opens: whose it is, and which class. */
export interface JoinInfo {
  readonly linkId: string;
  readonly person: Person;
  readonly info: ClassInfo;
  readonly status: ClassStatus;
}

/** One's own attendance, with what the rules need to be said in words; shares are basis points. */
export interface OwnAttendance {
  readonly status: ClassStatus;
  readonly slots: readonly Slot[];
  readonly minSlotShare: number;
  readonly slotCredit: "threshold" | "proportional";
  readonly attendance: PersonAttendance | null;
}

const pathOf = (linkId: string) => `/api/v1/join/${encodeURIComponent(linkId)}`;

/** Exchanges a link's token for its cookie. Refuses `link-unknown`, `link-expired` or `link-revoked`. */
export function exchangeToken(token: string) {
  return requestJson<{ readonly linkId: string }>("/api/v1/join", { method: "POST", body: { token } });
}

export function fetchJoinInfo(linkId: string) {
  return requestJson<JoinInfo>(pathOf(linkId));
}

export function fetchOwnAttendance(linkId: string) {
  return requestJson<OwnAttendance>(`${pathOf(linkId)}/attendance`);
}
