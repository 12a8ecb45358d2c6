import { EDUCATION_LEVELS, type EntryCondition } from "../protocol/entry.ts";
import { educationLevelFrom } from "./education-level.ts";

/** The roster's fields that conditions of entry look at. */
export interface EntryFields {
  readonly email: string | null;
  readonly institution: string | null;
  readonly group: string | null;
  /** ISO date. */
  readonly birthDate: string | null;
  readonly education: string | null;
  readonly assignmentLetter: string | null;
}

export interface EntryProblem {
  readonly field: EntryCondition["field"];
  /** The condition that is not met; `required` where the field says nothing. */
  readonly rule: EntryCondition["rule"];
  readonly found: number | string | null;
  readonly needed: number | string | null;
  /** For people who debug, in English. */
  readonly message: string;
}

/**
 * What keeps somebody out of a programme, by its conditions of entry, one problem a field at most.
 * `startDate` is the programme's first day (ISO date) where it is held.
 */
export function entryProblemsFrom(
  fields: EntryFields,
  conditions: readonly EntryCondition[],
  startDate: string,
): readonly EntryProblem[] {
  const problems = conditions.flatMap((condition) => {
    const problem = problemFrom(fields[condition.field], condition, startDate);
    return problem ? [{ field: condition.field, ...problem }] : [];
  });
  return problems.filter(
    ({ field }, index) => problems.findIndex((problem) => problem.field === field) === index,
  );
}

function problemFrom(
  found: string | null,
  condition: EntryCondition,
  startDate: string,
): Omit<EntryProblem, "field"> | null {
  if (found === null) {
    return { rule: "required", found, needed: null, message: "is needed to enter this programme" };
  }
  const { rule } = condition;
  switch (rule) {
    case "required":
      return null;
    case "maxAgeAtStart": {
      const age = fullYearsBetween(found, startDate);
      const needed = condition.years;
      const message = `is ${age} years old at the start; at most ${needed} may enter`;
      return age <= needed ? null : { rule, found: age, needed, message };
    }
    case "minEducation": {
      const level = educationLevelFrom(found);
      const needed = condition.level;
      if (level && EDUCATION_LEVELS.indexOf(level) >= EDUCATION_LEVELS.indexOf(needed)) return null;
      const message = level
        ? `is below ${needed}, which is needed`
        : `is no level of education known here; ${needed} is needed`;
      return { rule, found, needed, message };
    }
    case "oneOf": {
      if (condition.values.some((known) => known.toLowerCase() === found.toLowerCase())) return null;
      const needed = condition.values.join(", ");
      return { rule, found, needed, message: `must be one of ${needed}` };
    }
  }
}

/** Full years from one ISO date to another; who was born on 29 February turns a year older on 1 March. */
function fullYearsBetween(born: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}
