import type { idRecording } from "../id/recording.ts";
import type { EnglishOf } from "../translate.ts";

export const enRecording: EnglishOf<typeof idRecording> = {
  "recording.badge": "REC",
  "recording.badge.label": "This class is being recorded. Open your consent.",
  "recording.badge.paused": "REC paused",
  "recording.badge.paused.label": "The recording is paused. Open your consent.",
  "recording.button": "Record",
  "recording.button.running": "Recording",

  "recording.title": "Record the class",
  "recording.explain":
    "Everybody sees that the class is recorded and is asked for consent. Who does not consent takes part all the same, without being recorded.",
  "recording.where":
    "Once recorded, this class can be watched by its participants and instructors: “Watch recording” stands on the page after the class and in My classes.",
  "recording.watch": "Watch recording",
  "recording.rooms": "Record breakout rooms too",
  "recording.chat": "Include the chat",
  "recording.start": "Start recording",
  "recording.running": "Recording since {time}",
  "recording.isPaused": "The recording is paused",
  "recording.isLimited":
    "Not every camera and microphone is recorded: too many are on. Shared screens, instructors and whoever spoke last come first.",
  "recording.pause": "Pause",
  "recording.resume": "Go on",
  "recording.stop": "Stop recording",
  "recording.given": "Consent",
  "recording.refused": "Not recorded",
  "recording.unanswered": "Not answered yet",
  "recording.people": "{count} {count|person|people}",

  "recording.started": "The class is being recorded.",
  "recording.ended": "The recording has stopped.",
  "recording.ended.disk-full":
    "The recording stopped: the server's disk is almost full. The class goes on; what was recorded is kept.",
  "recording.ended.budget-full":
    "The recording stopped: the room set aside for recordings is used up. The class goes on; what was recorded is kept.",
  "recording.ended.recorder-missing":
    "The recording stopped: ffmpeg is not installed on the server. The class goes on; what was recorded is kept.",
  "recording.ended.recorder-failed":
    "The recording stopped because of a fault on the server. The class goes on; what was recorded is kept.",

  "consent.title": "This class is being recorded",
  "consent.question": "May you be recorded too?",
  "consent.yes": "Yes, record me",
  "consent.no": "No, do not record me",
  "consent.now.yes": "Your answer now: yes, you may be recorded.",
  "consent.now.no": "Your answer now: no. You are not recorded.",
  "consent.now.none": "Until you answer, you are not recorded.",
  "consent.kept.yes": "You consent to be recorded.",
  "consent.kept.no": "You are not recorded.",
  "consent.answer": "Answer",
  "consent.join": "This class is being recorded. You can also answer later, in the class.",
};
