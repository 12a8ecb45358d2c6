import { beforeEach, describe, expect, it } from "vitest";
import type { Consent, Recording, Store } from "../../server/ports.ts";
import type { RecordingId, RecordingLinkId } from "../../server/protocol/ids.ts";
import { enrolmentId, programme, session, sessionId } from "./records.ts";

const DAY_MS = 86_400_000;

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
      keptDays: 30,
      keptUntil: null,
      prolonged: null,
      capturedBytes: null,
      deletion: null,
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
      await store().recordings.begin({ ...first, keptDays: 1 });
      await store().recordings.end(first.recordingId, 9_000, "staff");
      expect(await store().recordings.list(sessionId("1"))).toEqual([
        { ...first, endedAt: 1_500, endReason: "disk-full", keptUntil: 1_500 + 30 * DAY_MS },
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

    const ended = async (name: string, startedAt: number) => {
      const one = recording(name, startedAt);
      await store().recordings.begin(one);
      await store().recordings.end(one.recordingId, startedAt + 100, "staff");
      return one.recordingId;
    };

    it("RO4 finds what is due, warns of it once, and leaves a row of what was deleted", async () => {
      const { recordings } = store();
      const [a, b] = [await ended("a", 1_000), await ended("b", 2_000)];
      const running = recording("c", 3_000);
      await recordings.begin(running);
      const dueAt = 1_100 + 30 * DAY_MS;
      const ids = (found: readonly Recording[]) => found.map(({ recordingId }) => recordingId);
      expect(await recordings.due(dueAt - 1, 10)).toEqual([]);
      expect(ids(await recordings.due(dueAt + 5_000, 10))).toEqual([a, b]);
      expect(ids(await recordings.due(dueAt + 5_000, 1))).toEqual([a]);
      expect(await recordings.warn(a, 5)).toBe(true);
      expect(await recordings.warn(a, 6)).toBe(false);
      expect(ids(await recordings.unwarned(dueAt + 5_000, 10))).toEqual([b]);

      const later = { keptUntil: dueAt + DAY_MS, reason: "Pemeriksaan", by: "adm_1", at: 7 };
      expect(await recordings.prolong(a, later)).toBe(true);
      expect(await recordings.find(a)).toMatchObject({
        keptUntil: dueAt + DAY_MS,
        prolonged: { reason: "Pemeriksaan", by: "adm_1", at: 7 },
      });
      expect(ids(await recordings.unwarned(dueAt + 2 * DAY_MS, 10))).toEqual([b, a]);

      expect(ids(await recordings.unmeasured(10)).sort()).toEqual([a, b]);
      await recordings.measure(b, 5_000_000_000);
      expect(ids(await recordings.unmeasured(10))).toEqual([a]);

      const order = { at: 8, by: "server", reason: "retention", note: null } as const;
      expect(await recordings.orderDeletion(running.recordingId, order)).toBe(false);
      expect(await recordings.orderDeletion(b, order)).toBe(true);
      expect(await recordings.orderDeletion(b, { ...order, at: 9 })).toBe(false);
      expect(await recordings.prolong(b, later)).toBe(false);
      expect(ids(await recordings.unfinishedDeletions(10))).toEqual([b]);
      await recordings.finishDeletion(b, 10);
      await recordings.finishDeletion(b, 11);
      expect(await recordings.unfinishedDeletions(10)).toEqual([]);
      expect((await recordings.find(b))?.deletion).toEqual({ ...order, doneAt: 10 });
      expect(ids(await recordings.measured(10))).toEqual([b]);
      expect(ids(await recordings.due(dueAt + 9 * DAY_MS, 10))).toEqual([a]);
    });

    it("RO7 lists recordings page by page, the newest first", async () => {
      const { recordings } = store();
      for (const [index, name] of ["a", "b", "c", "d"].entries()) {
        await recordings.begin(recording(name, index < 2 ? 1_000 : 2_000));
      }
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof recordings.page>> = await recordings.page(
          { programmes: [one.id] },
          { limit: 3, cursor },
        );
        seen.push(...page.items.map(({ recordingId }) => recordingId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(["rec_d", "rec_c", "rec_b", "rec_a"]);
      const all = { limit: 10, cursor: null };
      expect((await recordings.page({ session: sessionId("2") }, all)).items).toEqual([]);
      expect((await recordings.page({ programmes: [] }, all)).items).toEqual([]);
      expect((await recordings.page({}, { limit: 10, cursor: "??" })).items).toEqual([]);
    });

    it("RO8 keeps links, how often they were used, and their tokens as a hash alone", async () => {
      const { recordingLinks } = store();
      const recordingId = await ended("a", 1_000);
      const link = {
        id: "rlk_1" as RecordingLinkId,
        recordingId,
        label: "Inspektorat",
        expiresAt: 5_000,
        createdAt: 10,
        createdBy: "adm_1",
      };
      await recordingLinks.create(link, "c".repeat(64));
      const whole = { ...link, revokedAt: null, viewCount: 0, lastViewedAt: null };
      expect(await recordingLinks.findByTokenHash("c".repeat(64))).toEqual(whole);
      expect(await recordingLinks.findByTokenHash("d".repeat(64))).toBeNull();
      expect(await recordingLinks.openCounts([recordingId], 4_999)).toEqual({ [recordingId]: 1 });
      expect(await recordingLinks.openCounts([recordingId], 5_000)).toEqual({});
      await recordingLinks.noteView(link.id, 20);
      await recordingLinks.noteView(link.id, 30);
      await recordingLinks.revoke(link.id, 40);
      await recordingLinks.revoke(link.id, 50);
      expect(await recordingLinks.list(recordingId)).toEqual([
        { ...whole, viewCount: 2, lastViewedAt: 30, revokedAt: 40 },
      ]);
      expect(await recordingLinks.openCounts([recordingId], 4_999)).toEqual({});
    });

    it("RO12 remembers whom a recording is to lose until it has", async () => {
      const { recordingRemovals } = store();
      const recordingId = await ended("a", 1_000);
      const removal = { recordingId, personId: enrolmentId("a"), askedAt: 5, askedBy: "enr_a" };
      await recordingRemovals.ask(removal);
      await recordingRemovals.ask({ ...removal, askedAt: 6 });
      expect(await recordingRemovals.open(10)).toEqual([{ ...removal, doneAt: null }]);
      await recordingRemovals.finish(recordingId, removal.personId, 7);
      await recordingRemovals.finish(recordingId, removal.personId, 8);
      expect(await recordingRemovals.open(10)).toEqual([]);
      expect(await recordingRemovals.ofPerson(removal.personId)).toEqual([{ ...removal, doneAt: 7 }]);
    });

    it("RO1 keeps for how long recordings are kept, for all and for one programme", async () => {
      const { recordingSettings } = store();
      expect(await recordingSettings.get()).toEqual({ keptDays: 365, budgetBytes: null });
      await recordingSettings.put({ keptDays: 90, budgetBytes: 2 ** 41 });
      await recordingSettings.put({ keptDays: 60, budgetBytes: 2 ** 42 });
      expect(await recordingSettings.get()).toEqual({ keptDays: 60, budgetBytes: 2 ** 42 });
      expect(await recordingSettings.keptDaysOf(one.id)).toBeNull();
      await recordingSettings.keepDays(one.id, 10);
      expect(await recordingSettings.keptDaysOf(one.id)).toBe(10);
      await recordingSettings.keepDays(one.id, null);
      expect(await recordingSettings.keptDaysOf(one.id)).toBeNull();
    });
  });
}
