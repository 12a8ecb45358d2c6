import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { RecordingEnd } from "../protocol/recordings.ts";
import { type Actor, type ArgsOf, nameOfActor } from "./class-command.ts";
import type { ClassState } from "./class-state.ts";

/** VR6: one recording at a time, of a class that is open. */
export function decideRecord(
  state: ClassState,
  actor: Actor,
  { recordingId, rooms, hasChat, keptDays }: ArgsOf<"recording.start">,
): Result<ClassEvent[]> {
  if (state.status !== "open") return refuse("class-not-open");
  if (state.recording) return refuse("recording-running");
  const by = nameOfActor(actor);
  return accept([{ type: "recording.started", recordingId, rooms, hasChat, keptDays, by }]);
}

/** VR6 */
export function decidePause(state: ClassState, actor: Actor, isPaused: boolean): Result<ClassEvent[]> {
  const { recording } = state;
  if (!recording) return refuse("recording-none");
  if (recording.isPaused === isPaused) return accept([]);
  const type = isPaused ? "recording.paused" : "recording.resumed";
  return accept([{ type, recordingId: recording.recordingId, by: nameOfActor(actor) }]);
}

/** RF7: everybody can know whether all of it is captured; once said it is not said again. */
export function decideLimit(state: ClassState, actor: Actor, isLimited: boolean): Result<ClassEvent[]> {
  const { recording } = state;
  if (!recording || recording.isLimited === isLimited) return accept([]);
  const { recordingId } = recording;
  return accept([{ type: "recording.limited", recordingId, isLimited, by: nameOfActor(actor) }]);
}

/** VR6; VR7: a recording ends with its class. */
export function decideStopRecording(
  state: ClassState,
  actor: Actor,
  reason: RecordingEnd,
): Result<ClassEvent[]> {
  const { recording } = state;
  if (!recording) return refuse("recording-none");
  const { recordingId } = recording;
  return accept([{ type: "recording.stopped", recordingId, reason, by: nameOfActor(actor) }]);
}

/** VR8: everybody answers for themselves; saying the same again changes nothing. */
export function decideAnswer(state: ClassState, answer: ArgsOf<"recording.answer">): Result<ClassEvent[]> {
  if (state.consents.get(answer.personId) === answer.isGiven) return accept([]);
  return accept([{ type: "recording.answered", ...answer }]);
}
