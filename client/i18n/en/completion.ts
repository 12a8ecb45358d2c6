import type { idCompletion } from "../id/completion.ts";
import type { EnglishOf } from "../translate.ts";

export const enCompletion: EnglishOf<typeof idCompletion> = {
  "need.attendance.total": "Attendance overall",
  "need.attendance.unit": "Attendance {code}",
  "need.pre-test": "Pre-test",
  "need.post-test": "Post-test",
  "need.assignment": "Assignment {code}",
  "need.survey": "Survey",
  "need.eligibility": "Conditions of entry",

  "why.enough-jp": "{found} JP, {required} JP required",
  "why.too-few-jp": "{found} JP, {required} JP required; {missing} JP short",
  "why.no-slot-held": "No slot was held yet",
  "why.taken": "Taken",
  "why.not-taken": "Not taken yet",
  "why.score-reached": "Score {found}, {required} required",
  "why.score-below": "Score {found}, below the required {required}",
  "why.accepted": "Accepted",
  "why.not-accepted": "Not accepted yet: {found}",
  "why.no-result": "No result yet",
  "why.entry-met": "Meets the conditions of entry, version {version}",
  "why.entry-unmet": "Does not meet the conditions of entry: {reasons}",
  "entry.required": "{field} is missing",
  "entry.maxAgeAtStart": "aged {found} at the start, at most {needed}",
  "entry.minEducation": "education {found}, at least {needed}",
  "entry.oneOf": "{field} {found}, must be one of {needed}",
  "entry.field.email": "e-mail",
  "entry.field.institution": "institution",
  "entry.field.group": "group",
  "entry.field.birthDate": "date of birth",
  "entry.field.education": "education",
  "entry.field.assignmentLetter": "letter of assignment",

  "found.rejected": "rejected",
  "found.submitted": "waiting to be marked",
  "found.completed": "done, waiting to be marked",
  "found.none": "no status",

  "mark.met": "Met",
  "mark.unmet": "Not met",

  "status.pending": "Not decided yet",
  "status.complete": "Complete",
  "status.incomplete": "Incomplete",

  "own.title": "Your requirements",
  "own.pending": "The programme is still running; it is decided after the last session.",
  "own.complete": "All requirements are met. You have completed the programme.",
  "own.incomplete": "Some requirements are not met yet.",
};
