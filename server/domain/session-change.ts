import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceRow, SessionMode, Slot } from "../protocol/evidence.ts";
import type { SlotId } from "../protocol/ids.ts";

/** What may be changed of a session after it was planned, and when. */

type PlacedSlot = Slot & { readonly id: SlotId };

interface SessionFields {
  readonly unit: string;
  readonly title: string;
  readonly mode: SessionMode;
  readonly group: string | null;
  readonly timeZone: string;
}

interface ChangingSession extends SessionFields {
  readonly slots: readonly PlacedSlot[];
  readonly removedSlots: readonly PlacedSlot[];
  readonly cancellation: object | null;
}

/** All of a session as it shall be; a slot without an id is new. */
export interface SessionWish extends SessionFields {
  readonly slots: readonly (Omit<Slot, "id"> & { readonly id?: SlotId | undefined })[];
}

export type SessionPlan = SessionFields & Pick<ChangingSession, "slots" | "removedSlots">;

interface ChangeContext {
  /** The session's ledger. */
  readonly rows: readonly EvidenceRow[];
  /** Epoch ms. */
  readonly now: number;
  newSlotId(): SlotId;
}

interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Whether anything has happened that counts: a class was opened, somebody was marked, a correction was proposed. */
export function hasBegun(rows: readonly EvidenceRow[]): boolean {
  return rows.some(({ type }) => type === "class.opened" || /^(attendance|adjustment)\./.test(type));
}

/**
 * SC1–SC3. Refuses `session-cancelled`; `bad-request` for slots that are not the session's; `session-begun`,
 * naming each field, for what can no longer change.
 */
export function decideSessionChange(
  session: ChangingSession,
  wish: SessionWish,
  context: ChangeContext,
): Result<SessionPlan> {
  if (session.cancellation !== null) return refuse("session-cancelled");
  const strange = strangeSlotsOf(session, wish);
  if (strange.length > 0) return refuse("bad-request", { errors: strange });
  if (hasBegun(context.rows)) {
    const faults = [...fixedFieldsOf(session, wish), ...fixedSlotsOf(session, wish, context)];
    if (faults.length > 0) return refuse("session-begun", { errors: faults });
  }
  const kept = new Set(wish.slots.map(({ id }) => id));
  return accept({
    unit: wish.unit,
    title: wish.title,
    mode: wish.mode,
    group: wish.group,
    timeZone: wish.timeZone,
    slots: wish.slots
      .map(({ id, startAt, endAt, jp }) => ({ id: id ?? context.newSlotId(), startAt, endAt, jp }))
      .toSorted((a, b) => a.startAt - b.startAt),
    removedSlots: [...session.removedSlots, ...session.slots.filter(({ id }) => !kept.has(id))],
  });
}

/** SC4. Refuses `session-cancelled` the second time and `session-begun` for one that was held. */
export function decideCancellation(
  session: Pick<ChangingSession, "cancellation">,
  rows: readonly EvidenceRow[],
): Result {
  if (session.cancellation !== null) return refuse("session-cancelled");
  if (hasBegun(rows)) return refuse("session-begun", "the class was held, or its roll was called");
  return accept();
}

function strangeSlotsOf(session: ChangingSession, { slots }: SessionWish): readonly FieldFault[] {
  const known = new Set(session.slots.map(({ id }) => id));
  return slots.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    const path = `slots.${index}.id`;
    if (!known.has(id)) return [{ path, message: "the session has no such slot" }];
    const isFirst = slots.findIndex((slot) => slot.id === id) === index;
    return isFirst ? [] : [{ path, message: "stands here twice" }];
  });
}

const FIXED_FIELDS = ["unit", "mode", "group", "timeZone"] as const;

function fixedFieldsOf(session: ChangingSession, wish: SessionWish): readonly FieldFault[] {
  return FIXED_FIELDS.filter((field) => session[field] !== wish[field]).map((path) => ({
    path,
    message: "cannot change once the session has begun",
  }));
}

/**
 * SC2: what was held or ruled on stays as it was, and nothing is planned into the past, where people may have
 * been present already.
 */
function fixedSlotsOf(
  session: ChangingSession,
  wish: SessionWish,
  { rows, now }: ChangeContext,
): readonly FieldFault[] {
  const ruled = new Set(rows.flatMap((row) => ("slotId" in row ? [row.slotId] : [])));
  const isFixed = ({ id, startAt }: PlacedSlot) => startAt <= now || ruled.has(id);
  const moved = wish.slots.flatMap((slot, index): FieldFault[] => {
    const before = session.slots.find(({ id }) => id === slot.id);
    if (before && isSameSlot(before, slot)) return [];
    const path = `slots.${index}`;
    if (before && isFixed(before)) return [{ path, message: "has begun or was ruled on; it stays as it is" }];
    return slot.startAt < now ? [{ path: `${path}.startAt`, message: "would begin in the past" }] : [];
  });
  const kept = new Set(wish.slots.map(({ id }) => id));
  const number = session.slots.findIndex((slot) => isFixed(slot) && !kept.has(slot.id)) + 1;
  if (number === 0) return moved;
  return [
    ...moved,
    { path: "slots", message: `slot ${number} has begun or was ruled on; it cannot be removed` },
  ];
}

function isSameSlot(one: Omit<Slot, "id">, other: Omit<Slot, "id">): boolean {
  return one.startAt === other.startAt && one.endAt === other.endAt && one.jp === other.jp;
}

/** A session as it was planned, with nothing that became of it yet. */
export function newSession<Planned extends object>(planned: Planned) {
  return { ...planned, sequence: 0, updatedAt: null, removedSlots: [], cancellation: null };
}
