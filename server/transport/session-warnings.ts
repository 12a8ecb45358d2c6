import type { Programme, Session, Store } from "../ports.ts";
import type { Warning } from "../protocol/api-records.ts";

type PlannedSlot = Omit<Session["slots"][number], "id">;
export interface WarnedPlan extends Pick<Session, "unit" | "group"> {
  readonly slots: readonly PlannedSlot[];
}

/** What is odd about a session's plan, by the slots' places in the request: DESIGN says that these only warn. */
export async function sessionWarningsOf(
  store: Store,
  programme: Programme,
  plan: WarnedPlan,
  id?: Session["id"],
): Promise<Warning[]> {
  const others = (await store.sessions.all(programme.id)).filter(
    (other) => other.id !== id && other.cancellation === null,
  );
  return [...slotWarningsFrom(programme, plan), ...overlapWarningsFrom(others, plan)];
}

function slotWarningsFrom(programme: Programme, { unit, slots }: WarnedPlan): Warning[] {
  const { minutesPerJp } = programme.policy;
  const warnings: Warning[] = slots.flatMap(({ startAt, endAt, jp }, index) => {
    const minutes = (endAt - startAt) / 60_000;
    const expected = minutesPerJp * jp;
    if (Math.abs(minutes - expected) < 1e-6) return [];
    const message = `lasts ${minutes} minutes; ${jp} JP of ${minutesPerJp} minutes are ${expected}`;
    return [{ path: `slots.${index}`, message }];
  });
  const planned = slots.reduce((sum, slot) => sum + Math.round(slot.jp * 100), 0) / 100;
  const unitJp = programme.units.find(({ code }) => code === unit)?.jp ?? 0;
  if (planned > unitJp) {
    warnings.push({
      path: "slots",
      message: `have ${planned} JP; the unit has ${unitJp}, which is its most`,
    });
  }
  return warnings;
}

/** SC6: somebody would have to be in two classes at once, and AT11 would count one of them. */
function overlapWarningsFrom(others: readonly Session[], { group, slots }: WarnedPlan): Warning[] {
  return slots.flatMap(({ startAt, endAt }, index) => {
    const other = others.find(
      (session) =>
        (session.group === null || group === null || session.group === group) &&
        session.slots.some((slot) => slot.startAt < endAt && startAt < slot.endAt),
    );
    return other ? [{ path: `slots.${index}`, message: `is at the same time as ${other.title}` }] : [];
  });
}
