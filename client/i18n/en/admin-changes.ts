import type { idAdminChanges } from "../id/admin-changes.ts";
import type { EnglishOf } from "../translate.ts";

export const enAdminChanges = {
  "editSession.title": "Change the session",
  "editSession.saved": "The session was changed.",
  "editSession.begun":
    "This class has been open. What can still change: its title, and slots that have not begun. People in the class see it at once.",
  "newSession.warning.sameTime": "Note: it is at the same time as “{title}”.",
  "field.slotBegun": "This slot has begun or was recorded, so it cannot change.",
  "field.slotStays": "Slot {number} has begun or was recorded, so it cannot be removed.",
  "field.slotPast": "This start has passed. Choose a time to come.",
  "field.sessionBegun": "Cannot change once the session has begun.",

  "status.cancelled": "Cancelled",
  "sessions.filter.cancelled": "Cancelled",
  "session.state.cancelled": "This session was cancelled on {date}.",
  "cancelSession.action": "Cancel the session",
  "cancelSession.title": "Cancel this session?",
  "cancelSession.text":
    "Nobody can come in any more, and attendance of this session is not asked for. Whoever opens a link to it reads your reason. This cannot be undone.",
  "cancelSession.reason": "Reason",
  "cancelSession.reason.hint": "Such as: “The instructor is ill; a new date will follow.”",
  "cancelSession.keep": "Keep it",
  "cancelSession.done": "The session was cancelled.",
} as const satisfies EnglishOf<typeof idAdminChanges>;
