import type { Insertable, Selectable } from "kysely";
import { FencedError, OvertakenError } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import { chainFirst, chainRow } from "../reports/chain.ts";
import type { Effect, Entry } from "./entries.ts";
import type { ClassHeadTable, ClassLogTable, LedgerTable } from "./schema.ts";

export type ClassHead = Selectable<ClassHeadTable>;

/** What one call of `append` or `appendEvidence` wants written. */
export interface Append {
  readonly sessionId: SessionId;
  readonly entries: readonly Entry[];
  /** In which the node that writes took the class; null for what is written beside the class. */
  readonly epoch: number | null;
  /** The office's turn that this ends; null for what the office did not decide. */
  readonly turn: number | null;
}

/** How a transaction changes the open connections of one session. */
export interface ConnectionChange {
  hasEndedAll: boolean;
  /** True for joined, false for left, after all that happened. */
  readonly isOpen: Map<string, boolean>;
}

export interface AppendPlan {
  readonly ledger: Insertable<LedgerTable>[];
  readonly classLog: Insertable<ClassLogTable>[];
  readonly heads: Map<SessionId, ClassHead>;
  readonly connections: Map<SessionId, ConnectionChange>;
  /** Appends that are bugs of their callers; nothing of them is in the plan. */
  readonly wrong: Map<Append, Error>;
}

/** Where a class stands of which nothing is written. */
export function emptyHead(sessionId: SessionId): ClassHead {
  return {
    session_id: sessionId,
    ledger_seq: 0,
    ledger_hash: chainFirst(sessionId),
    ledger_at: 0,
    class_seq: 0,
    last_at: 0,
    is_open: 0,
    home_epoch: 0,
    home_node: null,
    office_turn: 0,
  };
}

/**
 * Gives every row its place, and its link in the session's chain (DESIGN section 3). A row whose time lies before the
 * last one's is an error; where several nodes write, their clocks may be `clocksApartMs` apart, and within that it gets
 * the last one's time.
 */
export function planAppends(
  stored: readonly ClassHead[],
  appends: readonly Append[],
  clocksApartMs = 0,
): AppendPlan {
  const plan: AppendPlan = {
    ledger: [],
    classLog: [],
    heads: new Map(),
    connections: new Map(),
    wrong: new Map(),
  };
  const heads = new Map(stored.map((head) => [head.session_id, head]));
  for (const append of appends) {
    const { sessionId } = append;
    try {
      const before = plan.heads.get(sessionId) ?? heads.get(sessionId) ?? emptyHead(sessionId);
      const { head, ledger, classLog } = placed(before, append, clocksApartMs);
      plan.heads.set(sessionId, head);
      plan.ledger.push(...ledger);
      plan.classLog.push(...classLog);
      for (const { effect } of append.entries) noteConnection(plan.connections, sessionId, effect);
    } catch (error) {
      plan.wrong.set(append, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return plan;
}

/** All rows of one append in their places, or an error and none. */
function placed(before: ClassHead, { sessionId, entries, epoch, turn }: Append, clocksApartMs: number) {
  const head = { ...before };
  if (epoch !== null && epoch !== head.home_epoch) throw new FencedError(sessionId, epoch, head.home_epoch);
  if (turn !== null) {
    if (turn !== head.office_turn) throw new OvertakenError(sessionId, turn, head.office_turn);
    head.office_turn += 1;
  }
  const ledger: Insertable<LedgerTable>[] = [];
  const classLog: Insertable<ClassLogTable>[] = [];
  for (const { table, at: givenAt, type, fields, classSeq, effect } of entries) {
    const at = givenAt < head.ledger_at - clocksApartMs ? givenAt : Math.max(givenAt, head.ledger_at);
    if (classSeq !== null) {
      if (classSeq !== head.class_seq + 1) {
        throw new Error(`${sessionId}: event ${classSeq} (${type}) cannot follow event ${head.class_seq}`);
      }
      head.class_seq = classSeq;
    }
    head.last_at = Math.max(head.last_at, at);
    const row = { session_id: sessionId, at, type, body: JSON.stringify(fields) };
    if (table === "class_log") {
      classLog.push({ ...row, class_seq: head.class_seq });
      continue;
    }
    if (at < head.ledger_at) {
      throw new Error(`${sessionId}: ${type} at ${at} cannot follow a row at ${head.ledger_at}`);
    }
    const seq = head.ledger_seq + 1;
    const { prev, hash } = chainRow(head.ledger_hash, { seq, at, type, ...fields });
    ledger.push({ ...row, seq, prev, hash, class_seq: classSeq });
    head.ledger_seq = seq;
    head.ledger_hash = hash;
    head.ledger_at = at;
    if (effect.kind === "opens") head.is_open = 1;
    if (effect.kind === "closes") head.is_open = 0;
  }
  return { head, ledger, classLog };
}

function noteConnection(
  connections: Map<SessionId, ConnectionChange>,
  sessionId: SessionId,
  effect: Effect,
): void {
  if (effect.kind === "none" || effect.kind === "opens" || effect.kind === "closes") return;
  const change = connections.get(sessionId) ?? { hasEndedAll: false, isOpen: new Map<string, boolean>() };
  connections.set(sessionId, change);
  if (effect.kind === "ends-connections") {
    change.hasEndedAll = true;
    change.isOpen.clear();
  } else {
    change.isOpen.set(effect.connectionId, effect.kind === "joins");
  }
}
