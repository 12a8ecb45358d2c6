import type { idExport } from "../id/export.ts";
import type { EnglishOf } from "../translate.ts";

export const enExport = {
  "export.title": "Video of the recording (MP4)",
  "export.lead": "One file to keep or to watch without Balai: screen or slides, who speaks, and chapters.",
  "export.estimate":
    "The video is {length} long. It is made in the background and disturbs no class; meanwhile it takes some {size} on the server.",
  "export.make": "Make the video",
  "export.again": "Try again",
  "export.problem.recorder-missing":
    "No video can be made: this server has no ffmpeg. Ask who runs the server.",
  "export.problem.encoder-missing":
    "No video can be made: ffmpeg on this server has no libx264. Ask who runs the server.",
  "export.problem.disk-full":
    "The server has too little room: {needed} are needed, {free} are free. Delete old recordings or videos and try again.",
  "export.problem.nothing-recorded": "Nothing was recorded, so there is nothing to make a video of.",
  "export.problem.render-failed": "The server could not process this recording.",
  "export.underWay": "This class is still being recorded. A video can be made once the recording has ended.",
  "export.queued": "Waiting its turn: the server is making another video.",
  "export.running": "The video is being made",
  "export.done.share": "{share} done",
  "export.left.seconds": "less than a minute left",
  "export.left.minutes": "about {minutes} {minutes|minute|minutes} left",
  "export.left.hours": "about {hours} h {minutes} min left",
  "export.left.unknown": "working out how long it takes",
  "export.joining": "putting the file together, almost done",
  "export.held": "Standing still for a moment, because a class is using the server. It goes on by itself.",
  "export.mayLeave": "You may close this page; the making goes on.",
  "export.cancel": "Cancel",
  "export.cancelled": "The making of the video was cancelled.",
  "export.ready": "The video is ready",
  "export.facts": "{length} · {size} · made {date}",
  "export.download": "Download the video",
  "export.delete": "Delete the video",
  "export.delete.title": "Delete this video?",
  "export.delete.text":
    "The video file is deleted from the server. The recording stays, and the video can be made again.",
  "export.delete.keep": "Keep it",
  "export.deleted": "The video was deleted.",
  "export.failed": "The video could not be made.",
  "export.failed.disk-full": "The video could not be made: the server ran out of room.",
  "export.link": "MP4 video",
  "export.link.for": "MP4 video of {title}",
  "export.day": "{date}, {time}",
  "export.loading": "Loading the state of the video…",
} as const satisfies EnglishOf<typeof idExport>;
