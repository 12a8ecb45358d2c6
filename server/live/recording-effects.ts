import type { ClassState } from "../domain/class-state.ts";
import {
  isRecordedRoom,
  recordedEventFrom,
  recordedStateFrom,
  recordedTracksFrom,
} from "../domain/recorded-class.ts";
import type { ClassMedia, ClassRecording, Clock, Recorder } from "../ports.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId, PersonId, RoomId, SessionId } from "../protocol/ids.ts";
import type { RecordingEnd } from "../protocol/recordings.ts";

export interface RecordingEffectsParts {
  readonly recorder: Recorder;
  readonly media: ClassMedia;
  readonly sessionId: SessionId;
  readonly clock: Clock;
  state(): ClassState;
  /** Ends the recording in the class, with what ended it. */
  stop(reason: RecordingEnd): void;
}

export interface RecordingEffects {
  /** Goes on with what a stop of the server interrupted. */
  takeUp(): void;
  /** Makes the recorder follow what happened. */
  follow(events: readonly SequencedEvent[], state: ClassState): void;
  /** Something was published, paused, resumed or ended. */
  producersChanged(): void;
  /** Who speaks in a room now. */
  heard(room: RoomId, connectionIds: readonly ConnectionId[]): void;
  close(): void;
}

/** Carries a class's events to the recorder: what is captured, and what the manifest keeps. */
export function createRecordingEffects(parts: RecordingEffectsParts): RecordingEffects {
  const { recorder, media, sessionId, clock } = parts;
  const owners = new Map<string, PersonId>();
  let current: ClassRecording | null = null;

  function begin(state: ClassState): void {
    if (!state.recording) return;
    const { recordingId, rooms, hasChat } = state.recording;
    current = recorder.record({ recordingId, sessionId, rooms, hasChat, media, onFault: parts.stop });
    noteState(state);
  }

  function noteState(state: ClassState): void {
    if (!state.recording?.isPaused) {
      current?.note({ type: "state", at: clock.now(), state: recordedStateFrom(state) });
    }
  }

  function capture(state: ClassState): void {
    current?.capture(recordedTracksFrom(state, media.producers()));
  }

  function noteEvent(event: SequencedEvent, state: ClassState): void {
    const isAboutRecording = event.type.startsWith("recording.");
    if (state.recording?.isPaused && !isAboutRecording) return;
    const recorded = recordedEventFrom(state, event, (id) => owners.get(id));
    if (recorded) current?.note({ type: "event", at: event.at, seq: event.seq, event: recorded });
  }

  function follow(event: SequencedEvent, state: ClassState): void {
    if (event.type === "recording.started") begin(state);
    noteEvent(event, state);
    if (event.type === "recording.resumed") noteState(state);
    if (event.type !== "recording.stopped") return;
    void current?.end(event.reason);
    current = null;
  }

  return {
    takeUp() {
      if (!parts.state().recording) return;
      void recorder.problem().then((problem) => {
        if (problem) return parts.stop(problem);
        begin(parts.state());
        capture(parts.state());
      });
    },
    follow(events, state) {
      for (const { connectionId, personId } of state.connections.values()) owners.set(connectionId, personId);
      for (const event of events) follow(event, state);
      capture(state);
    },
    producersChanged() {
      if (current) capture(parts.state());
    },
    heard(room, connectionIds) {
      const state = parts.state();
      if (!current || state.recording?.isPaused || !isRecordedRoom(state, room)) return;
      const heard = connectionIds.filter((id) => {
        const personId = state.connections.get(id)?.personId;
        return personId !== undefined && state.consents.get(personId) === true;
      });
      current.note({ type: "speakers", at: clock.now(), room, connectionIds: heard });
    },
    close() {
      void current?.close();
      current = null;
    },
  };
}
