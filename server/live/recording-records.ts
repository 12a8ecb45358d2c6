import type { Log, Store } from "../ports.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { SessionId } from "../protocol/ids.ts";

/**
 * Keeps recordings and answers in the records, where they are found without the class's log. Doing it again changes
 * nothing, so that what a stop interrupted is made good when the class next runs.
 */
export async function keepRecordings(parts: {
  readonly store: Pick<Store, "recordings" | "consents">;
  readonly sessionId: SessionId;
  readonly events: readonly SequencedEvent[];
  readonly log: Log;
}): Promise<void> {
  const { store, sessionId, events, log } = parts;
  try {
    for (const event of events) {
      const { at } = event;
      if (event.type === "recording.started") {
        const { recordingId, rooms, hasChat, by, keptDays } = event;
        await store.recordings.begin({
          recordingId,
          sessionId,
          rooms,
          hasChat,
          startedAt: at,
          startedBy: by,
          keptDays,
        });
      }
      if (event.type === "recording.stopped") await store.recordings.end(event.recordingId, at, event.reason);
      if (event.type === "recording.answered") {
        const { type: _type, ...answer } = event;
        await store.consents.add({ sessionId, ...answer });
      }
    }
  } catch (err) {
    log.error({ err }, "a recording could not be entered; it is tried again when the class next runs");
  }
}
