import type { idCheckIn } from "../id/check-in.ts";
import type { EnglishOf } from "../translate.ts";

export const enCheckIn = {
  "checkIn.title": "Check-in by QR",
  "checkIn.sending": "Recording your attendance…",
  "checkIn.done": "You are checked in",
  "checkIn.done.text": "{name}, your attendance at “{session}” is recorded for the slot that is on.",
  "checkIn.already": "You are checked in already",
  "checkIn.already.text": "{name}, your attendance in this slot is recorded. There is no need to scan again.",
  "checkIn.otherwise": "The instructor recorded otherwise",
  "checkIn.otherwise.text":
    "{name}, the instructor recorded you as absent, excused or sick in this slot. Speak to the instructor in the room.",
  "checkIn.failed": "Not recorded yet",
  "checkIn.noLink":
    "First open your personal link to this session on this phone, then scan the QR code again.",
  "checkIn.retry": "Try again",
} as const satisfies EnglishOf<typeof idCheckIn>;
