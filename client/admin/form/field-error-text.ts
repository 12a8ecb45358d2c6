import type { FieldError } from "../../http/request-json.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

type Wording = (found: RegExpExecArray) => string;

/** The server says what is wrong with a field in English, for people who debug; these are the same for everybody. */
const WORDINGS: readonly (readonly [RegExp, Wording])[] = [
  [/must be 1 to 32 letters, digits, dots and hyphens/, () => t("field.code")],
  [/another (?:programme|unit) has this code/, () => t("field.codeTaken")],
  [/must not be more than the unit's jp/, () => t("field.selfStudyJp")],
  [/at most two decimals/, () => t("field.jp")],
  [/from 10 to 128 characters/, () => t("password.length")],
  [/is one of the commonest passwords/, () => t("password.common")],
  [/is the e-mail address/, () => t("password.email")],
  [/is not the password/, () => t("password.current.wrong")],
  [/is not the code/, () => t("code.wrong")],
  [/somebody has this address already/, () => t("accounts.emailTaken")],
  [/somebody of this programme has this number/, () => t("field.numberTaken")],
  [/somebody of this programme has this address/, () => t("field.emailTaken")],
  [/invalid email/i, () => t("field.email")],
  [/must be after startAt/, () => t("field.endBeforeStart")],
  [/overlaps slot (\d+)/, ([, slot]) => t("field.overlap", { number: Number(slot) + 1 })],
  [/has begun or was ruled on; it stays/, () => t("field.slotBegun")],
  [
    /slot (\d+) has begun or was ruled on; it cannot be removed/,
    ([, number = ""]) => t("field.slotStays", { number }),
  ],
  [/^unit (\S+) has sessions; it cannot be removed$/, ([, code = ""]) => t("field.unit.sessions", { code })],
  [
    /^unit (\S+) is asked for by a rule; it cannot be removed$/,
    ([, code = ""]) => t("field.unit.rule", { code }),
  ],
  [
    /^sessions of this unit have (\S+) JP$/,
    ([, jp = ""]) => t("field.unit.jp", { jp: formatNumber(Number(jp)) }),
  ],
  [/cannot change after the first class/, () => t("field.frozen")],
  [/would begin in the past/, () => t("field.slotPast")],
  [/cannot change once the session has begun/, () => t("field.sessionBegun")],
  [/must be epoch milliseconds/, () => t("field.date")],
  [/control characters|well-formed/, () => t("field.control")],
  [/spreadsheet has rounded/, () => t("field.rounded")],
  [/YYYY-MM-DD|before 1900/, () => t("field.birthDate")],
  [/row (\d+) has it too/, ([, row = ""]) => t("field.twice", { row })],
  [
    /has (\d+) fields, the header has (\d+)/,
    ([, found = "", expected = ""]) => t("field.columns", { found, expected }),
  ],
  [
    /^(.*) is none of (.*)$/,
    ([, name = "", known = ""]) => t("field.header.unknown", { name, known: columnsIn(known, ", ") }),
  ],
  [/^(.*) stands there twice$/, ([, name = ""]) => t("field.header.twice", { name: columnName(name) })],
  [
    /^(.*) must be there$/,
    ([, names = ""]) => t("field.header.missing", { names: columnsIn(names, " and ") }),
  ],
  [/the file is empty/, () => t("field.header.empty")],
  [/is needed to enter/, () => t("field.entry.needed")],
  [
    /is (\d+) years old at the start; at most (\d+)/,
    ([, age = "", most = ""]) => t("field.entry.age", { age, most }),
  ],
  [/is no level of education/, () => t("field.entry.educationUnknown")],
  [/is below (\w+), which is needed/, ([, level = ""]) => t("field.entry.education", { level })],
  [/must be one of (.*)$/, ([, values = ""]) => t("field.entry.oneOf", { values })],
  [/no XLSX workbook/, () => t("field.workbook")],
  [/has more than (\d+) rows/, ([, count = ""]) => t("field.tooManyRows", { count })],
  [/quotation mark/, () => t("field.quote")],
  [/does not begin with a date/, () => t("field.nip.date")],
  [/NIP of somebody born on (\S+)/, ([, date = ""]) => t("field.nip.birth", { date })],
  [/15th digit/, () => t("field.nip.sex")],
  [/too big|too long|<=\d+ characters/i, () => t("field.tooLong")],
  [
    /too small|too short|>=1|expected (?:string|number), received (?:undefined|null|NaN)/i,
    () => t("field.required"),
  ],
];

/** What is wrong with a field, in the person's language; says at least that it is wrong. */
export function fieldErrorText(message: string): string {
  for (const [pattern, wording] of WORDINGS) {
    const found = pattern.exec(message);
    if (found) return wording(found);
  }
  return t("field.invalid");
}

/** A refusal's errors by path, in the person's language. */
export function fieldErrorsFrom(errors: readonly FieldError[] | undefined): ReadonlyMap<string, string> {
  return new Map(errors?.map(({ path, message }) => [path, fieldErrorText(message)]));
}

const COLUMNS = {
  externalId: "participants.number",
  name: "participants.name",
  email: "participants.email",
  institution: "participants.institution",
  group: "participants.group",
  birthDate: "participants.birthDate",
  education: "participants.education",
  assignmentLetter: "participants.assignmentLetter",
} as const;

/** A roster field's title; a field of no such name is called what it is called. */
export function columnName(field: string): string {
  return Object.hasOwn(COLUMNS, field) ? t(COLUMNS[field as keyof typeof COLUMNS]) : field;
}

function columnsIn(fields: string, between: string): string {
  return fields.split(between).map(columnName).join(", ");
}
