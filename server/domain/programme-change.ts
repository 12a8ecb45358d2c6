import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { Slot } from "../protocol/evidence.ts";
import { hundredthsFromJp, jpFromHundredths } from "./jp.ts";

/** What may be changed of a programme after it was made, and when. */

export interface ProgrammeUnit {
  readonly code: string;
  readonly title: string;
  readonly jp: number;
  readonly selfStudyJp: number;
}

interface ChangingProgramme {
  readonly units: readonly ProgrammeUnit[];
  readonly policy: { readonly requirements: readonly { readonly code: string }[] };
  readonly policyFrozenAt: number | null;
}

interface PlannedSession {
  readonly unit: string;
  readonly group: string | null;
  readonly slots: readonly Pick<Slot, "jp">[];
  readonly cancellation: object | null;
}

interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/**
 * PC1–PC3. Refuses `conflict`, naming each unit: one that sessions or a rule need cannot go; once the policy is
 * frozen, JP cannot fall below what is planned, and what self-study may count stays.
 */
export function decideProgrammeChange(
  programme: ChangingProgramme,
  units: readonly ProgrammeUnit[],
  sessions: readonly PlannedSession[],
): Result {
  const removed = programme.units.filter(({ code }) => !units.some((unit) => unit.code === code));
  const errors = [
    ...removed.flatMap(({ code }) => removalFaults(code, programme, sessions)),
    ...(programme.policyFrozenAt === null ? [] : frozenFaults(programme, units, sessions)),
  ];
  return errors.length > 0 ? refuse("conflict", { errors }) : accept();
}

function removalFaults(
  code: string,
  { policy }: ChangingProgramme,
  sessions: readonly PlannedSession[],
): FieldFault[] {
  // Cancelled sessions too: they go on saying what they were about.
  if (sessions.some(({ unit }) => unit === code)) {
    return [{ path: "units", message: `unit ${code} has sessions; it cannot be removed` }];
  }
  if (policy.requirements.some((requirement) => requirement.code === `attendance.unit:${code}`)) {
    return [{ path: "units", message: `unit ${code} is asked for by a rule; it cannot be removed` }];
  }
  return [];
}

function frozenFaults(
  programme: ChangingProgramme,
  units: readonly ProgrammeUnit[],
  sessions: readonly PlannedSession[],
): FieldFault[] {
  return units.flatMap((unit, index) => {
    const before = programme.units.find(({ code }) => code === unit.code);
    if (!before) return [];
    const faults: FieldFault[] = [];
    const planned = plannedJpOf(unit.code, sessions);
    if (unit.jp < before.jp && unit.jp < planned) {
      faults.push({ path: `units.${index}.jp`, message: `sessions of this unit have ${planned} JP` });
    }
    if (unit.selfStudyJp !== before.selfStudyJp) {
      faults.push({ path: `units.${index}.selfStudyJp`, message: "cannot change after the first class" });
    }
    return faults;
  });
}

/** The most that one person can be given in a unit: everybody's sessions, and those of one group. */
function plannedJpOf(code: string, sessions: readonly PlannedSession[]): number {
  const sums = new Map<string | null, number>([[null, 0]]);
  for (const { unit, group, slots, cancellation } of sessions) {
    if (unit !== code || cancellation !== null) continue;
    const jp = slots.reduce((sum, slot) => sum + hundredthsFromJp(slot.jp), 0);
    sums.set(group, (sums.get(group) ?? 0) + jp);
  }
  const everybody = sums.get(null) ?? 0;
  sums.delete(null);
  return jpFromHundredths(everybody + Math.max(0, ...sums.values()));
}
