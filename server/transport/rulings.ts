import {
  type AdjustmentRequest,
  decideProposal,
  decideRuling,
  type ProposedAdjustment,
} from "../domain/adjustments.ts";
import { type CheckIn, decideCheckIn } from "../domain/check-in.ts";
import type { Mark } from "../domain/marks.ts";
import { decideMark, type MarkRequest, type RulingContext } from "../domain/roll-call.ts";
import type { Clock, NewId, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceBody, EvidenceRow } from "../protocol/evidence.ts";
import type { AdjustmentId, SessionId } from "../protocol/ids.ts";
import { type FieldError, fieldErrorsOf } from "./field-refusal.ts";
import { createOfficeTurns, type OfficeTurns } from "./office-turns.ts";
import { rosterOf } from "./session-evidence.ts";

export type WrittenMark = Omit<Mark, "seq" | "type">;

/** What people decide about slots, written into the ledger: one after the other for each session. */
export interface Rulings {
  /** All marks or none; a refusal names the fields of each that is wrong (`2.slotId`). Freezes the policy. */
  mark(
    session: Session,
    requests: readonly MarkRequest[],
    by: string,
  ): Promise<Result<readonly WrittenMark[]>>;
  /** CI2, CI3. Refuses what `decideCheckIn` does. */
  checkIn(session: Session, enrolmentId: string): Promise<Result<CheckIn>>;
  propose(session: Session, request: AdjustmentRequest, by: string): Promise<Result<AdjustmentId>>;
  /**
   * The same in a turn that the caller has, and ends it. `onAccepted` runs before the proposal is written: what it keeps
   * may name a proposal that never came.
   */
  proposeIn(
    turn: number,
    session: Session,
    request: AdjustmentRequest,
    by: string,
    onAccepted?: (adjustmentId: AdjustmentId) => Promise<void>,
  ): Promise<Result<AdjustmentId>>;
  decide(
    session: Session,
    adjustmentId: ProposedAdjustment["adjustmentId"],
    ruling: "approve" | "reject",
    by: string,
  ): Promise<Result>;
  /** Runs a step while nothing is marked, checked in, corrected or disputed in the session. */
  readonly inTurn: OfficeTurns;
}

interface RulingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
}

export function createRulings({ store, clock, newId }: RulingParts): Rulings {
  const inTurn = createOfficeTurns(store.classes);

  /** `at` is taken in the turn of the append: a class may be writing to the same ledger (LG2). */
  async function append(sessionId: SessionId, rows: readonly EvidenceBody[], turn: number): Promise<number> {
    const at = clock.now();
    await store.classes.appendRulings(
      sessionId,
      rows.map((row) => ({ ...row, at })),
      turn,
    );
    return at;
  }

  const proposeIn: Rulings["proposeIn"] = async (turn, session, request, by, onAccepted) => {
    const adjustmentId = newId("adj");
    const context = await contextOf(store, session);
    if (!context.ok) return context;
    const row = decideProposal(context.data, request, { by, adjustmentId });
    if (!row.ok) return row;
    await onAccepted?.(adjustmentId);
    await append(session.id, [row.data], turn);
    return accept(adjustmentId);
  };

  return {
    mark: (session, requests, by) =>
      inTurn(session.id, async (turn) => {
        const context = await contextOf(store, session);
        if (!context.ok) return context;
        const rows = rowsFrom(requests.map((request) => decideMark(context.data, request, by)));
        if (!rows.ok) return rows;
        await store.programmes.freezePolicy(session.programmeId, clock.now());
        const at = await append(session.id, rows.data, turn);
        return accept(rows.data.map(({ type: _type, ...mark }) => ({ ...mark, at })));
      }),

    checkIn: (session, enrolmentId) =>
      inTurn(session.id, async (turn) => {
        const context = await contextOf(store, session);
        if (!context.ok) return context;
        const rows: readonly EvidenceRow[] = await store.classes.evidence(session.id);
        const checkIn = decideCheckIn(context.data, rows, enrolmentId, clock.now());
        if (!checkIn.ok || checkIn.data.row === null) return checkIn;
        await store.programmes.freezePolicy(session.programmeId, clock.now());
        await append(session.id, [checkIn.data.row], turn);
        return checkIn;
      }),

    propose: (session, request, by) => inTurn(session.id, (turn) => proposeIn(turn, session, request, by)),

    proposeIn,

    decide: (session, adjustmentId, ruling, by) =>
      inTurn(session.id, async (turn) => {
        const rows: readonly EvidenceRow[] = await store.classes.evidence(session.id);
        const row = decideRuling(rows, adjustmentId, ruling, by);
        if (!row.ok) return row;
        await append(session.id, [row.data], turn);
        return accept();
      }),

    inTurn,
  };
}

/** The session as it is in this turn: it may have been changed since the request came. */
export async function contextOf(store: Store, { id }: Session): Promise<Result<RulingContext>> {
  const session = await store.sessions.find(id);
  if (!session) return refuse("not-found");
  if (session.cancellation) return refuse("session-cancelled");
  const roster = new Set<string>((await rosterOf(store, session)).map((one) => one.id));
  return accept({ session, isOnRoster: (enrolmentId) => roster.has(enrolmentId) });
}

/** All rows, or one refusal with the fields of all that are wrong. */
function rowsFrom<Row>(decided: readonly Result<Row>[]): Result<readonly Row[]> {
  const first = decided.find((one) => !one.ok);
  if (!first || first.ok) return accept(decided.flatMap((one) => (one.ok ? [one.data] : [])));
  const errors = decided.flatMap((one, index): FieldError[] => {
    if (one.ok) return [];
    return (fieldErrorsOf(one) ?? []).map(({ path, message }) => ({ path: `${index}.${path}`, message }));
  });
  return errors.length > 0 ? refuse(first.code, { errors }) : first;
}
