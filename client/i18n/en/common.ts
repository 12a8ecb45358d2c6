import type { idCommon } from "../id/common.ts";
import type { EnglishOf } from "../translate.ts";

export const enCommon = {
  close: "Close",
  cancel: "Cancel",
  retry: "Try again",
  loading: "Loading…",
  on: "On",
  off: "Off",
  "language.name": "English",
  "language.other": "Bahasa Indonesia",
  "page.notFound.title": "Page not found",
  "page.notFound.text": "Check the address, or open the personal link you got from the organiser.",
  "page.broken.title": "This page did not load",
  "page.broken.text": "Check your internet connection and reload the page.",
  "page.reload": "Reload",
  "offline.request": "The server cannot be reached. Check your internet connection and try again.",
  "role.instructor": "Instructor",
  "role.facilitator": "Facilitator",
  "role.participant": "Participant",
  you: "You",
  jp: "{jp} JP",
} as const satisfies EnglishOf<typeof idCommon>;
