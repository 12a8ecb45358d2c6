import type { idEnded } from "../id/ended.ts";
import type { EnglishOf } from "../translate.ts";

export const enEnded = {
  "ended.data": "Download my data",
  "ended.class.title": "The class has ended",
  "ended.class.text": "Thank you. The attendance of {name} is recorded; there is nothing to download.",
  "ended.offline.title": "Session in a hall",
  "ended.offline.text":
    "Your attendance is recorded in the hall: by the instructor, or by scanning the QR code on the screen with this phone.",
  "ended.offline.staff": "Record who is present, or show the QR code for check-in on the hall's screen.",
  "ended.left.title": "You have left the class",
  "ended.left.text": "The class goes on. You can come back at any time; what was recorded is not lost.",
  "ended.left.waiting": "The class has not started. You can come back at any time.",
  "ended.replaced.title": "The class is open elsewhere",
  "ended.replaced.text":
    "You opened this class in another tab, so this one was let go. Your attendance goes on there.",
  "ended.replaced.here": "Move it here",
  "ended.revoked.title": "Your link was withdrawn",
  "ended.reopened": "The class is open again.",
  "ended.rejoin": "Join again",
  "ended.reopen": "Reopen class",
  "ended.attendance": "Your attendance",
  "ended.attendance.soFar": "Your attendance so far",
  "ended.attendance.loading": "Working out your attendance…",
  "ended.attendance.staff":
    "Thank you. The participants' attendance is recorded and stands on the administration pages.",
  "ended.total": "Total",
  "ended.total.minutes": "{minutes} min",
  "ended.slot.name": "Slot {number}",
  "ended.slot.counted": "present {present} of {held} {held|minute|minutes} ({share}), threshold {limit}",
  "ended.slot.proportional":
    "present {present} of {held} {held|minute|minutes} ({share}), counted in proportion",
  "ended.slot.notHeld": "not held, so not counted",
  "ended.slot.tooShort":
    "present {present} of {held} {held|minute|minutes}; the class was too short, so this slot does not count",
  "ended.slot.underMinute": "the class lasted less than a minute, so this slot does not count",
  "ended.slot.coming": "not started yet",
  "ended.slot.running": "going on; present {present} {present|minute|minutes} so far",
  "ended.slot.adjusted": "present {present} of {held} {held|minute|minutes}; set by the organiser",
  "ended.slot.marked": "marked present by the organiser",
  "ended.slot.markedAway": "recorded as absent, excused or sick by the organiser",
  "ended.slot.unmarked": "not marked present",
  "ended.slot.bridged": "Includes {minutes} {minutes|minute|minutes} of short breaks, which count.",
  "ended.slot.outage": "Includes {minutes} {minutes|minute|minutes} of server outage, which count.",
} as const satisfies EnglishOf<typeof idEnded>;
