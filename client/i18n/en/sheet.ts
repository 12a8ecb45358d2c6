import type { idSheet } from "../id/sheet.ts";
import type { EnglishOf } from "../translate.ts";

export const enSheet = {
  "sheet.brief": "Case",
  "sheet.brief.file": "Download {name}",
  "sheet.title": "Answer sheet",
  "sheet.loading": "Loading the answer sheet…",
  "sheet.none": "This room has no answer sheet yet.",
  "sheet.failed": "The answer sheet could not be loaded. Reload the page.",
  "sheet.saved": "Saved",
  "sheet.saving": "Saving…",
  "sheet.offline": "Offline: kept in this browser",
  "sheet.readOnly": "Read only",
  "sheet.question": "Question {number}",
  "sheet.placeholder": "Write your group's answer here…",
  "sheet.unanswered": "Not answered yet",
  "sheet.left": "{count} {count|letter|letters} left",
  "sheet.full": "The answer has reached its {count} letters",
  "sheet.chosenBy": "Last chosen by {name}",
  "sheet.chosenByYou": "Last chosen by you",
} as const satisfies EnglishOf<typeof idSheet>;
