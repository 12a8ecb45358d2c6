import { createRecorder } from "../../recordings/create-recorder.ts";
import { createClock } from "../../server/clock.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import { createPlainMedia } from "./plain-class-media.ts";
import { createQuietLog } from "./quiet-log.ts";
import { sendRtp } from "./rtp-source.ts";

/** Records a camera and a microphone into the folder it is given, until somebody kills it. */
const [dir = ""] = process.argv.slice(2);
const connectionId = "con_ani" as ConnectionId;
const sessionId = "ses_1" as SessionId;

const media = await createPlainMedia();
const classMedia = await media.server.openClass(sessionId, { onSpeakers() {}, onProducerClosed() {} });
const video = await media.publish(connectionId, "camera");
const audio = await media.publish(connectionId, "microphone");
sendRtp({ video, audio });
const recorder = await createRecorder({
  dir,
  programPath: process.env.PATH ?? "",
  clock: createClock(0),
  log: createQuietLog().log,
});
const recording = recorder.record({
  recordingId: "rec_1" as RecordingId,
  sessionId,
  rooms: "main",
  hasChat: true,
  media: classMedia,
  onFault() {},
});
recording.capture(
  classMedia.producers().map((view) => ({ ...view, personId: "enr_ani" as PersonId, room: "main" })),
);
