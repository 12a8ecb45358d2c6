import { decideCancellation, decideSessionChange, type SessionWish } from "../domain/session-change.ts";
import type { Classes, Clock, NewId, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceRow } from "../protocol/evidence.ts";
import { linkExpiresAt } from "./auth.ts";
import type { Rulings } from "./rulings.ts";

export interface SessionPlanParts {
  readonly store: Store;
  readonly classes: Classes;
  readonly rulings: Rulings;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Changes a session's plan as far as SC1–SC3 allow. Refuses `not-found` and what the rules do. */
export function changeSession(
  parts: SessionPlanParts,
  id: Session["id"],
  wish: SessionWish,
): Promise<Result<Session>> {
  const { clock, newId } = parts;
  return changed(parts, id, (session, rows) => {
    const now = clock.now();
    const plan = decideSessionChange(session, wish, { rows, now, newSlotId: () => newId("slt") });
    return plan.ok ? accept({ ...session, ...plan.data }) : plan;
  });
}

/** SC4: ends a session that was never held, with its links. */
export function cancelSession(
  parts: SessionPlanParts,
  id: Session["id"],
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<Session>> {
  return changed(parts, id, (session, rows) => {
    const allowed = decideCancellation(session, rows);
    if (!allowed.ok) return allowed;
    return accept({ ...session, cancellation: { at: parts.clock.now(), by, reason } });
  });
}

/** The class and the roll call stand still meanwhile: what the rules saw is so when the change is written. */
function changed(
  { store, classes, rulings, clock }: SessionPlanParts,
  id: Session["id"],
  decide: (session: Session, rows: readonly EvidenceRow[]) => Result<Session>,
): Promise<Result<Session>> {
  return rulings.inTurn(id, (turn) =>
    classes.change(id, async () => {
      const session = await store.sessions.find(id);
      if (!session) return refuse("not-found");
      const decided = decide(session, await store.classes.evidence(id));
      if (!decided.ok) return decided;
      const next = { ...decided.data, sequence: session.sequence + 1, updatedAt: clock.now() };
      const written = await store.sessions.change(next, linkExpiresAt(next, next.createdAt), turn);
      return written.ok ? accept(next) : written;
    }),
  );
}
