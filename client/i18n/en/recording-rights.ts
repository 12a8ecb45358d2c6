import type { idRecordingRights } from "../id/recording-rights.ts";

export const enRecordingRights = {
  "ownConsent.title": "Recordings of you",
  "ownConsent.given": "You agreed to be recorded on {date}. The recording is kept until {until}.",
  "ownConsent.given.running": "You agreed to be recorded on {date}.",
  "ownConsent.refusedLater":
    "You had agreed, then refused on {date}. What was recorded before is kept until {until}.",
  "ownConsent.refusedLater.running": "You had agreed, then refused on {date}.",
  "ownConsent.explain":
    "If you withdraw your consent, your voice, pictures and messages are deleted from the recording. This cannot be undone, and does not change your attendance.",
  "ownConsent.withdraw": "Withdraw consent",
  "ownConsent.confirm.title": "Take you out of the recording?",
  "ownConsent.confirm": "Yes, delete me",
  "ownConsent.done": "You are no longer in the recording of this class. Consent withdrawn on {date}.",
  "ownConsent.waiting":
    "Consent withdrawn on {date}. You are taken out of the recording that still runs as soon as it ends.",

  "shared.checking": "Checking the link…",
  "shared.title": "A recording for you",
  "shared.when": "Recorded",
  "shared.length": "Length",
  "shared.minutes": "{count} minutes",
  "shared.until": "Link valid until",
  "shared.watch": "Watch the recording",
  "shared.noted": "The organiser notes every viewing. Do not pass this link on.",
  "shared.noToken.title": "The link is incomplete",
  "shared.noToken.text": "Open the recording link that you were given again.",
  "shared.refused.title": "The recording cannot be opened",
  "shared.expired": "This link has ended. Ask who gave it to you for a new one.",
  "shared.revoked": "This link was revoked by who gave it.",
  "shared.unknown": "This link is not known. Copy its whole address once more.",
  "shared.deleted": "This recording has been deleted.",
} as const satisfies Record<keyof typeof idRecordingRights, string>;
