import { t } from "../admin-words.ts";
import { columnName, fieldErrorText } from "../form/field-error-text.ts";

type Wording = (found: RegExpExecArray) => string;

/** What the server says about a result's field, in the person's language; the rest is as for a roster. */
const WORDINGS: readonly (readonly [RegExp, Wording])[] = [
  [/nobody of this programme/, () => t("results.error.person")],
  [/must be pre-test, post-test/, () => t("results.error.requirement")],
  [/has no unit (\S+)/, ([, unit = ""]) => t("results.error.unit", { unit })],
  [/must be a number|must not be (?:below|above)/, () => t("results.error.score")],
  [/must be one of accepted/, () => t("results.error.status")],
  [/is needed for this requirement/, () => t("results.error.needed")],
  [/must be epoch milliseconds/, () => t("results.error.time")],
  [/row (\d+) says something else/, ([, row = ""]) => t("results.error.contradiction", { row })],
];

export function resultErrorText(message: string): string {
  for (const [pattern, wording] of WORDINGS) {
    const found = pattern.exec(message);
    if (found) return wording(found);
  }
  return fieldErrorText(message);
}

export function resultColumnName(field: string): string {
  switch (field) {
    case "requirement":
    case "score":
    case "status":
    case "takenAt":
    case "source":
      return t(`results.field.${field}`);
    default:
      return columnName(field);
  }
}
