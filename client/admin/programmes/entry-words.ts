import {
  EDUCATION_LEVELS,
  type EducationLevel,
  type EntryCondition,
} from "../../../server/protocol/entry.ts";
import { t } from "../admin-words.ts";
import { columnName } from "../form/field-error-text.ts";

/** A programme's conditions of entry, one sentence each. */
export function entryWords(conditions: readonly EntryCondition[]): readonly string[] {
  return conditions.map(sentenceFrom);
}

function sentenceFrom(condition: EntryCondition): string {
  const field = columnName(condition.field);
  switch (condition.rule) {
    case "required":
      return t("entry.words.required", { field });
    case "maxAgeAtStart":
      return t("entry.words.age", { years: condition.years });
    case "minEducation":
      return t("entry.words.education", { level: levelName(condition.level) });
    case "oneOf":
      return t("entry.words.oneOf", { field, values: condition.values.join(", ") });
  }
}

/** A level with those that count as much. */
export function levelName(level: EducationLevel): string {
  const equal: Partial<Record<EducationLevel, string>> = { SMA: "SMA/SMK", S1: "D4/S1" };
  return equal[level] ?? level;
}

/** A field of which only some values may enter, one value a line. */
export interface OneOfDraft {
  readonly field: EntryCondition["field"];
  readonly lines: string;
}

/** The conditions as a form edits them. */
export interface EntryDraft {
  readonly years: string;
  readonly level: EducationLevel | "";
  readonly required: readonly EntryCondition["field"][];
  readonly oneOf: readonly OneOfDraft[];
}

export function entryDraftFrom(conditions: readonly EntryCondition[]): EntryDraft {
  const age = conditions.find(({ rule }) => rule === "maxAgeAtStart");
  const education = conditions.find(({ rule }) => rule === "minEducation");
  return {
    years: age?.rule === "maxAgeAtStart" ? String(age.years) : "",
    level: education?.rule === "minEducation" ? education.level : "",
    required: conditions.flatMap(({ rule, field }) => (rule === "required" ? [field] : [])),
    oneOf: conditions.flatMap((condition) =>
      condition.rule === "oneOf" ? [{ field: condition.field, lines: condition.values.join("\n") }] : [],
    ),
  };
}

/** The conditions that a draft says; null where the age is none. */
export function conditionsFrom({ years, level, required, oneOf }: EntryDraft): EntryCondition[] | null {
  const age = years.trim();
  const isAge = /^\d{1,3}$/.test(age) && Number(age) >= 1 && Number(age) <= 120;
  if (age !== "" && !isAge) return null;
  return [
    ...(age === ""
      ? []
      : [{ rule: "maxAgeAtStart", field: "birthDate", years: Number(age) } satisfies EntryCondition]),
    ...(level === "" ? [] : [{ rule: "minEducation", field: "education", level } satisfies EntryCondition]),
    ...required.map((field): EntryCondition => ({ rule: "required", field })),
    ...oneOf.flatMap(({ field, lines }): EntryCondition[] => {
      const values = [...new Set(lines.split("\n").map((line) => line.trim()))].filter(Boolean);
      return values.length > 0 ? [{ rule: "oneOf", field, values }] : [];
    }),
  ];
}

/** What a select's value is, of the levels. */
export function levelFrom(value: string): EducationLevel | "" {
  return EDUCATION_LEVELS.find((level) => level === value) ?? "";
}
