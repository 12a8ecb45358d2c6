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
    const message = problemFrom(fields[condition.field], condition, startDate);
    return message === null ? [] : [{ field: condition.field, message }];
  });
  return problems.filter(
    ({ field }, index) => problems.findIndex((problem) => problem.field === field) === index,
  );
}

function problemFrom(value: string | null, condition: EntryCondition, startDate: string): string | null {
  if (value === null) return "is needed to enter this programme";
  switch (condition.rule) {
    case "required":
      return null;
    case "maxAgeAtStart": {
      const age = fullYearsBetween(value, startDate);
      if (age <= condition.years) return null;
      return `is ${age} years old at the start; at most ${condition.years} may enter`;
    }
    case "minEducation": {
      const level = educationLevelFrom(value);
      if (level === null) return `is no level of education known here; ${condition.level} is needed`;
      const isEnough = EDUCATION_LEVELS.indexOf(level) >= EDUCATION_LEVELS.indexOf(condition.level);
      return isEnough ? null : `is below ${condition.level}, which is needed`;
    }
    case "oneOf": {
      const isOneOf = condition.values.some((known) => known.toLowerCase() === value.toLowerCase());
      return isOneOf ? null : `must be one of ${condition.values.join(", ")}`;
    }
  }
}

/** Full years from one ISO date to another; who was born on 29 February turns a year older on 1 March. */
function fullYearsBetween(born: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}
