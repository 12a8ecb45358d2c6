import type { Recorder, Store } from "../ports.ts";
import { refuse } from "../protocol/errors.ts";
import type { NewId, SessionId } from "../protocol/ids.ts";
import { type Handlers, runIn } from "./class-handlers.ts";
import { consentHash } from "./consent-hash.ts";

/** Commands about the recording; pausing and going on are decided as they come. */
export function recordingHandlers({
  recorder,
  store,
  newId,
}: {
  readonly store: Pick<Store, "recordingSettings" | "sessions">;
  readonly recorder: Recorder;
  readonly newId: NewId;
}) {
  return {
    async "recording.start"(session, args) {
      const problem = await recorder.problem();
      if (problem) return refuse(problem);
      const keptDays = await keptDaysFor(store, session.visitor.sessionId);
      const recordingId = newId("rec");
      return runIn(session, { type: "recording.start", args: { ...args, recordingId, keptDays } });
    },
    "recording.stop": (session) => runIn(session, { type: "recording.stop", args: { reason: "staff" } }),
    async "recording.answer"(session, answer) {
      const textHash = consentHash(answer);
      if (textHash === null) return refuse("bad-request", "no such version of the text");
      const { personId } = session.visitor.person;
      return runIn(session, { type: "recording.answer", args: { ...answer, personId, textHash } });
    },
  } satisfies Partial<Handlers>;
}

/** RO1: as the session's programme keeps its recordings, else as the installation does. */
async function keptDaysFor(
  { sessions, recordingSettings }: Pick<Store, "recordingSettings" | "sessions">,
  sessionId: SessionId,
): Promise<number> {
  const session = await sessions.find(sessionId);
  const own = session && (await recordingSettings.keptDaysOf(session.programmeId));
  return own ?? (await recordingSettings.get()).keptDays;
}
