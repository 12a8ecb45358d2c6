import type { idJoin } from "../id/join.ts";
import type { EnglishOf } from "../translate.ts";

export const enJoin = {
  "join.documentTitle": "{title} · Balai",
  "join.checking": "Checking your link…",
  "join.noToken.title": "This link is incomplete",
  "join.noToken.text":
    "Copy the whole link from the organiser's message, with the part after the # sign, and open it again.",
  "join.refused.title": "You cannot come in yet",
  "join.cancelled.title": "This session was cancelled",
  "join.cancelled.text": "{title}, planned for {date}, will not take place.",
  "join.cancelled.reason": "Reason: {reason}",
  "join.cancelled.nothing":
    "There is nothing you need to do. Attendance of this session is no longer asked for.",
  "join.greeting": "Welcome,",
  "join.notYou": "Not you? Do not join. Attendance is recorded under this name.",
  "join.slot": "Slot {number} · {time} · {jp} JP",
  "join.slots": "Schedule",
  "join.status.scheduled": "The class has not started. You can come in and wait inside.",
  "join.status.scheduled.staff": "The class has not started. You start it once you are inside.",
  "join.status.open": "The class is running.",
  "join.button": "Join class",
  "join.mutedHint": "Your microphone is muted when you come in. You hear the class at once.",
  "join.preview": "Camera preview",
  "join.camera": "Camera",
  "join.microphone": "Microphone",
  "join.speaker": "Speaker",
  "join.network": "Network",
  "join.camera.on": "Turn camera on",
  "join.camera.off": "Turn camera off",
  "join.camera.isOff": "Camera is off",
  "join.camera.starting": "Starting the camera…",
  "join.level": "Microphone level",
  "join.level.speak": "Say something: this line moves when the microphone works.",
  "join.level.heard": "Your microphone is heard.",
  "join.speaker.test": "Test sound",
  "join.speaker.playing": "Playing a tone…",
  "join.speaker.asked": "Nothing heard? Check the volume or choose another speaker.",
  "join.speaker.default": "Default speaker",
  "join.device.none": "None",
  "join.device.unnamed": "{kind} {number}",
  "join.network.measuring": "Checking the network…",
  "join.network.good": "Your network is good.",
  "join.network.fair": "Your network is fair. Sound is smooth; pictures may blur now and then.",
  "join.network.poor": "Your network is slow. Sound will work; turn the camera off if it stutters.",
  "join.network.none": "Not connected to the internet.",
  "join.media.asking": "Your browser will ask to use the camera and the microphone. Choose “Allow”.",
  "join.media.denied":
    "The camera and the microphone were not allowed. You can still join: watch, listen and write in the chat. To speak, allow them with the icon left of the address and try again.",
  "join.media.missing":
    "No camera or microphone was found. You can still join: watch, listen and write in the chat.",
  "join.media.inUse":
    "Another application is using the camera or the microphone. Close it and try again, or just join for now.",
  "join.media.insecure":
    "Browsers open the camera and the microphone on https addresses only. You can still join: watch, listen and write in the chat.",
  "join.media.failed":
    "The camera and the microphone could not be opened. You can still join: watch, listen and write in the chat.",
  "join.media.noCamera": "No camera; the microphone is ready. The class will see your initials.",
  "join.media.noMicrophone": "No microphone; the camera is ready. You can write in the chat.",
  "join.calendar": "Add to calendar",
} as const satisfies EnglishOf<typeof idJoin>;
