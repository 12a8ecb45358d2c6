import type { idAdminParticipants } from "../id/admin-participants.ts";
import type { EnglishOf } from "../translate.ts";

export const enAdminParticipants = {
  "participants.title": "Participants",
  "participants.count": "{count} {count|participant|participants}",
  "participants.add": "Add participant",
  "participants.import": "Import a list",
  "participants.empty.title": "No participants yet",
  "participants.empty.text":
    "Import a list from a CSV or XLSX file or paste it from a spreadsheet, or add people one by one.",
  "participants.search": "Find a name, NIP or institution",
  "participants.noMatch": "No participant matches “{query}”.",
  "participants.found": "{found} of {count} participants",
  "participants.name": "Name",
  "participants.number": "NIP/ID",
  "participants.institution": "Institution",
  "participants.group": "Group",
  "participants.email": "E-mail",
  "participants.birthDate": "Birth date",
  "participants.education": "Education",
  "participants.assignmentLetter": "Letter of assignment",

  "addParticipant.title": "Add participant",
  "addParticipant.number": "NIP or participant number",
  "addParticipant.number.hint":
    "Marks this person in the programme. A number that exists changes that person's data.",
  "addParticipant.name.hint": "With titles; this is the name the class sees.",
  "addParticipant.created": "{name} was added.",
  "addParticipant.updated": "The data of {name} were changed.",

  "import.title": "Import participants",
  "import.text":
    "The first row has the column titles. The columns NIP (or a participant number) and Name must be there. You can paste straight from a spreadsheet.",
  "import.columns": "Other columns: Institution, Group, E-mail, Birth date, Education, Letter of assignment.",
  "import.sample": "Download a sample file",
  "import.file": "Choose a CSV or XLSX file",
  "import.paste": "Or paste its content here",
  "import.run": "Import",
  "import.running": "Importing…",
  "import.nothing": "Choose a file or paste its content first.",
  "import.result": "{created} added, {updated} changed, {refused} refused.",
  "import.result.hint": "Refused rows changed nothing. Mend them and import again.",
  "import.row": "Row",
  "import.outcome": "Result",
  "import.note": "Note",
  "import.outcome.created": "Added",
  "import.outcome.updated": "Changed",
  "import.outcome.refused": "Refused",
  "import.more": "Import again",
  "import.done": "Done",
  "import.shown": "Showing {shown} of {count} rows, those to look at first.",
} as const satisfies EnglishOf<typeof idAdminParticipants>;
