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

    it("PY3 keeps captions by language: written anew they take the place of the old, and can be removed", async () => {
      const { recordingId } = recording("a", 1_000);
      await store().recordings.begin(recording("a", 1_000));
      const cues = [{ startMs: 0, endMs: 1_000, text: "Selamat pagi" }];
      const captions = { recordingId, language: "id", cues, updatedAt: 5 };
      await store().captions.put({ ...captions, language: "en", updatedAt: 4 });
      await store().captions.put({ ...captions, cues: [...cues, ...cues] });
      await store().captions.put(captions);
      expect(await store().captions.list(recordingId)).toEqual([
        { language: "en", cueCount: 1, updatedAt: 4 },
        { language: "id", cueCount: 1, updatedAt: 5 },
      ]);
      expect(await store().captions.find(recordingId, "id")).toEqual(captions);
      expect(await store().captions.find(recordingId, "jv")).toBeNull();
      expect(await store().captions.remove(recordingId, "en")).toBe(true);
      expect(await store().captions.remove(recordingId, "en")).toBe(false);
      expect(await store().captions.list(recordingId)).toHaveLength(1);
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
