import { beforeEach, describe, expect, it } from "vitest";
import type { Consent, Recording, Store } from "../../server/ports.ts";
import type { RecordingId } from "../../server/protocol/ids.ts";
import { enrolmentId, programme, session, sessionId } from "./records.ts";

export function recordingsContract(store: () => Store): void {
  describe("recordings", () => {
    const one = programme("A1");
    const recording = (name: string, startedAt: number): Recording => ({
      recordingId: `rec_${name}` as RecordingId,
      sessionId: sessionId("1"),
      rooms: "all",
      hasChat: true,
      startedAt,
      startedBy: "stf_1",
      endedAt: null,
      endReason: null,
    });
    const consent = (seq: number, isGiven: boolean): Consent => ({
      sessionId: sessionId("1"),
      seq,
      at: 1_000 + seq,
      personId: enrolmentId("a"),
      isGiven,
      textVersion: 1,
      language: "en",
      textHash: "b".repeat(64),
    });

    beforeEach(async () => {
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
      await store().sessions.create(session(one, "2"));
    });

    it("VR11 keeps a session's recordings, and how they ended", async () => {
      const [first, second] = [recording("a", 1_000), recording("b", 2_000)];
      await store().recordings.begin(second);
      await store().recordings.begin(first);
      await store().recordings.end(first.recordingId, 1_500, "disk-full");
      await store().recordings.begin(first);
      expect(await store().recordings.list(sessionId("1"))).toEqual([
        { ...first, endedAt: 1_500, endReason: "disk-full" },
        second,
      ]);
      expect(await store().recordings.list(sessionId("2"))).toEqual([]);
      expect(await store().recordings.find(second.recordingId)).toEqual(second);
      expect(await store().recordings.find("rec_none" as RecordingId)).toBeNull();
    });

    it("VR8 keeps every answer with its text's hash and its time, once", async () => {
      await store().consents.add(consent(5, false));
      await store().consents.add(consent(3, true));
      await store().consents.add(consent(3, true));
      expect(await store().consents.list(sessionId("1"))).toEqual([consent(3, true), consent(5, false)]);
      expect(await store().consents.list(sessionId("2"))).toEqual([]);
    });
  });
}
