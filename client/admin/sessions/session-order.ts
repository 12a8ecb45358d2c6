import type { SessionDetail, SessionJson } from "../../../server/protocol/api-records.ts";

/** What a session is for people: its class's status, `missed` when its time passed without a class, `cancelled`. */
export type SessionState = SessionDetail["status"] | "missed" | "cancelled";

type MaybeCancelled = Partial<Pick<SessionJson, "cancellation">>;

export const firstStartAt = ({ slots }: Pick<SessionJson, "slots">): number =>
  Math.min(...slots.map((slot) => slot.startAt));
export const lastEndAt = ({ slots }: Pick<SessionJson, "slots">): number =>
  Math.max(...slots.map((slot) => slot.endAt));

export function sessionStateFrom(
  session: Pick<SessionDetail, "slots" | "status"> & MaybeCancelled,
  now: number,
): SessionState {
  if (session.cancellation) return "cancelled";
  return session.status === "scheduled" && lastEndAt(session) <= now ? "missed" : session.status;
}

/** The earliest first. */
export function inOrderOfTime<Session extends Pick<SessionJson, "slots">>(
  sessions: readonly Session[],
): readonly Session[] {
  return sessions.toSorted((a, b) => firstStartAt(a) - firstStartAt(b));
}

/** The session that somebody most likely wants to see the attendance of: the latest that has begun, else the next. */
export function likeliestSession<Session extends Pick<SessionJson, "slots"> & MaybeCancelled>(
  sessions: readonly Session[],
  now: number,
): Session | null {
  const ordered = inOrderOfTime(sessions.filter(({ cancellation }) => !cancellation));
  return ordered.findLast((session) => firstStartAt(session) <= now) ?? ordered[0] ?? null;
}
