import type { idHallScreen } from "../id/hall-screen.ts";
import type { EnglishOf } from "../translate.ts";

export const enHallScreen = {
  title: "Check-in by QR code",
  how: "Open your personal link on your phone, then scan this code. Once for each slot is enough.",
  code: "QR code for check-in",
  slot: "Slot {number}, {time}",
  noSlot: "No slot is on. The code counts once a slot begins.",
  count: "{present} of {all} present",
  changes: "The code changes in {seconds} {seconds|second|seconds}",
  fullScreen: "Full screen",
  rollCall: "Roll call",
  noPhone: "Without a phone or a camera: tell the instructor.",
  stale: "No connection. A new code appears as soon as it is back.",
} as const satisfies EnglishOf<typeof idHallScreen>;
