import type { idStaffRollCall } from "../id/staff-roll-call.ts";
import type { EnglishOf } from "../translate.ts";

export const enStaffRollCall = {
  title: "Roll call",
  back: "Back to the class",
  slot: "Slot {number}",
  "slot.choose": "Choose a slot",
  count: "{marked} of {all} marked",
  "state.saved": "Saved",
  "state.saving": "Saving…",
  "state.waiting":
    "No connection. {count} {count|mark is|marks are} kept on this phone and sent later by themselves.",
  search: "Search a name or institution",
  "search.none": "No name matches.",
  rest: "Mark the other {count} present",
  undo: "Undo: {count} {count|person|people} marked present",
  "mark.present": "Present",
  "mark.excused": "Excused",
  "mark.sick": "Sick",
  "mark.absent": "Absent",
  markOf: "Mark of {name}",
  checkedIn: "by QR code",
  pending: "not sent yet",
  changed: "Changed by somebody else, {time}",
  online: "This session is online: attendance comes from the time in class, not from a roll call.",
  nobody: "This session has no participants yet.",
  refused: "Some marks were not taken. {reason}",
  "checkInScreen.long": "Show the QR code for check-in",
} as const satisfies EnglishOf<typeof idStaffRollCall>;
