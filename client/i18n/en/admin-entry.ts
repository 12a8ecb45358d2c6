import type { idAdminEntry } from "../id/admin-entry.ts";
import type { EnglishOf } from "../translate.ts";

export const enAdminEntry = {
  "preview.check": "Check",
  "preview.checking": "Checking…",
  "preview.back": "Change the file",
  "preview.import": "Import {count} {count|participant|participants}",
  "preview.title": "{good} rows are ready, {refused} need mending.",
  "preview.good": "{good} rows are ready to be imported.",
  "preview.hint": "Nothing is saved yet. Rows that need mending are left out.",
  "preview.none": "No row can be imported yet. Mend the file and check it again.",
  "preview.outcome.created": "New",
  "preview.outcome.updated": "Known, will change",
  "preview.outcome.refused": "Needs mending",
  "preview.file": "File: {name}",

  "sessions.calendar": "Download calendar",

  "entry.title": "Conditions of entry",
  "entry.none": "No conditions yet: everybody on the list can take part.",
  "entry.version": "Version {version}. They count for the next import, not for participants already here.",
  "entry.change": "Change conditions",
  "entry.hint": "Rows that do not meet them are refused when a list is imported.",
  "entry.age": "Greatest age",
  "entry.age.hint": "In years, on the day of the first slot. Leave empty for no limit.",
  "entry.age.error": "Enter years between 1 and 120.",
  "entry.education": "Least education",
  "entry.education.any": "No limit",
  "entry.required": "Data that must be there",
  "entry.oneOf": "Limit {field}",
  "entry.oneOf.hint": "One value a line; capitals make no difference. Leave empty for no limit.",
  "entry.saved": "Conditions of entry saved.",
  "entry.words.age": "At most {years} years old on the first day.",
  "entry.words.education": "Education of at least {level}.",
  "entry.words.required": "{field} must be there.",
  "entry.words.oneOf": "{field} is one of: {values}.",

  "field.entry.needed": "This programme needs it.",
  "field.entry.age": "{age} years old when the programme starts; at most {most}.",
  "field.entry.educationUnknown": "This level of education is not known; write SMA, D3 or S1, for example.",
  "field.entry.education": "Below {level}, which this programme needs.",
  "field.entry.oneOf": "Must be one of: {values}.",
  "field.workbook":
    "This file is no XLSX workbook that can be read. Save it again as XLSX without a password.",
  "field.tooManyRows": "At most {count} rows in one import.",
} as const satisfies EnglishOf<typeof idAdminEntry>;
