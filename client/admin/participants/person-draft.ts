import type { Enrolment } from "../admin-api.ts";
import { t } from "../admin-words.ts";

const FIELDS = [
  "externalId",
  "name",
  "institution",
  "group",
  "email",
  "birthDate",
  "education",
  "assignmentLetter",
] as const;

/** What is typed about a person; what is not known is empty. */
export type PersonDraft = Record<(typeof FIELDS)[number], string>;

export const EMPTY_PERSON: PersonDraft = {
  externalId: "",
  name: "",
  institution: "",
  group: "",
  email: "",
  birthDate: "",
  education: "",
  assignmentLetter: "",
};

export function personDraftFrom(person: Enrolment): PersonDraft {
  const draft = { ...EMPTY_PERSON };
  for (const field of FIELDS) draft[field] = person[field] ?? "";
  return draft;
}

/** What nobody can do without, by field, where it is not there. */
export function missingIn(draft: PersonDraft): ReadonlyMap<string, string> {
  const missing = (["externalId", "name"] as const).filter((field) => draft[field].trim() === "");
  return new Map(missing.map((field) => [field, t("field.required")]));
}
