import type { Recorder } from "../ports.ts";
import { refuse } from "../protocol/errors.ts";
import type { NewId } from "../protocol/ids.ts";
import { type Handlers, runIn } from "./class-handlers.ts";
import { consentHash } from "./consent-hash.ts";

/** Commands about the recording; pausing and going on are decided as they come. */
export function recordingHandlers({
  recorder,
  newId,
}: {
  readonly recorder: Recorder;
  readonly newId: NewId;
}) {
  return {
    async "recording.start"(session, args) {
      const problem = await recorder.problem();
      if (problem) return refuse(problem);
      return runIn(session, { type: "recording.start", args: { ...args, recordingId: newId("rec") } });
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
