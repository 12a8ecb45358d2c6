import type { idCaptions } from "../id/admin-captions.ts";
import type { EnglishOf } from "../translate.ts";

export const enCaptions: EnglishOf<typeof idCaptions> = {
  "recordings.title": "Recordings",
  "recordings.running": "still being recorded",
  "recordings.watch": "Watch",

  "captions.title": "Captions",
  "captions.lead":
    "Captions help participants who are deaf, who watch without sound, and who look for words. Viewers choose their language in the player.",
  "captions.none": "This recording has no captions yet.",
  "captions.count": "{count} {count|caption|captions}",
  "captions.remove": "Remove",
  "captions.remove.of": "Remove the captions in {name}",
  "captions.remove.sure": "Yes, remove {name}",
  "captions.language": "Language",
  "captions.file": "WebVTT or SRT file",
  "captions.file.hint":
    "At most 1 MB. Times count from the beginning of the recording. A file in the same language takes the place of the old one.",
  "captions.file.missing": "Choose the file first.",
  "captions.file.tooLarge": "This file has more than 1 MB. Choose a smaller file of text.",
  "captions.file.encoding": "This file is not UTF-8 text. Save it as UTF-8 and choose it again.",
  "captions.upload": "Upload captions",
  "captions.done": "Captions in {name} are saved.",
  "captions.line": "Line {line}: {problem}",
  "captions.fault.not-captions": "the file must begin with WEBVTT, or be SRT.",
  "captions.fault.no-times": "here must be times such as 00:01:02.500 --> 00:01:04.000.",
  "captions.fault.ends-early": "it must end after it begins.",
  "captions.fault.out-of-order": "it begins before the one before it.",
  "captions.fault.no-text": "there is no text below these times.",
  "captions.fault.times-in-text": "an empty line must stand before these times.",
  "captions.fault.text-too-long": "its text has more than 1,000 letters.",
  "captions.fault.no-cues": "there are no captions in this file.",
};
