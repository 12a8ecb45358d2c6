import { chosenTracksFrom } from "../domain/chosen-tracks.ts";
import type { ClassState } from "../domain/class-state.ts";
import {
  isRecordedRoom,
  recordedEventFrom,
  recordedStateFrom,
  recordedTracksFrom,
} from "../domain/recorded-class.ts";
import type { ClassMedia, ClassRecording, Clock, Recorder, WantedTrack } from "../ports.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId, PersonId, RoomId, SessionId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import type { RecordingEnd } from "../protocol/recordings.ts";

export interface RecordingEffectsParts {
  readonly recorder: Recorder;
  readonly media: ClassMedia;
  readonly sessionId: SessionId;
  readonly clock: Clock;
  /** In which this node took the class; left out where there is no cluster. */
  readonly epoch?: number | undefined;
  state(): ClassState;
  /** Says in the class whether some of what is published is not captured. */
  limit(isLimited: boolean): void;
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
  const { recorder, media, sessionId, clock, epoch } = parts;
  const owners = new Map<string, PersonId>();
  let current: ClassRecording | null = null;
  /** Who spoke, the last one first. */
  let spoke: readonly ConnectionId[] = [];
  /** What the manifest said last that is not captured. */
  let saidLeftOut = "[]";
  let isClosed = false;

  function begin(state: ClassState): void {
    if (!state.recording) return;
    const { recordingId, rooms, hasChat } = state.recording;
    saidLeftOut = "[]";
    current = recorder.record({ recordingId, sessionId, rooms, hasChat, media, epoch, onFault: parts.stop });
    noteState(state);
  }

  function noteState(state: ClassState): void {
    if (!state.recording?.isPaused) {
      current?.note({ type: "state", at: clock.now(), state: recordedStateFrom(state) });
    }
  }

  function capture(state: ClassState): void {
    if (!current) return;
    const live = recordedTracksFrom(state, media.producers()).filter((track) => track.isLive);
    const { captured, leftOut } = chosenTracksFrom(live, {
      limit: recorder.trackLimit(),
      isStaff: (personId) => {
        const person = state.people.get(personId);
        return person !== undefined && isStaff(person.role);
      },
      speakers: spoke,
    });
    current.capture(captured);
    if (state.recording?.isPaused) return;
    noteLeftOut(leftOut);
    const isLimited = leftOut.length > 0;
    if (state.recording && state.recording.isLimited !== isLimited) parts.limit(isLimited);
  }

  function noteLeftOut(leftOut: readonly Omit<WantedTrack, "isLive">[]): void {
    const tracks = leftOut.map(({ connectionId, personId, room, source }) => {
      return { connectionId, personId, room, source };
    });
    const said = JSON.stringify(tracks);
    if (said === saidLeftOut) return;
    saidLeftOut = said;
    current?.note({ type: "left-out", at: clock.now(), tracks });
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
      const { recording } = parts.state();
      if (!recording) return;
      void recorder.problem().then(async (problem) => {
        if (problem) return parts.stop(problem);
        await recorder.mend(recording.recordingId, epoch);
        if (isClosed || parts.state().recording?.recordingId !== recording.recordingId) return;
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
      if (isRecordedRoom(state, room)) {
        const before = spoke.filter((id) => state.connections.has(id) && !connectionIds.includes(id));
        spoke = [...connectionIds, ...before];
        if (state.recording?.isLimited) capture(state);
      }
      if (!current || state.recording?.isPaused || !isRecordedRoom(state, room)) return;
      const heard = connectionIds.filter((id) => {
        const personId = state.connections.get(id)?.personId;
        return personId !== undefined && state.consents.get(personId) === true;
      });
      current.note({ type: "speakers", at: clock.now(), room, connectionIds: heard });
    },
    close() {
      isClosed = true;
      void current?.close();
      current = null;
    },
  };
}
