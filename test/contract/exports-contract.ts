import { beforeEach, describe, expect, it } from "vitest";
import type { Store, StoredExport } from "../../server/ports.ts";
import type { ExportId, RecordingId } from "../../server/protocol/ids.ts";
import { programme, session, sessionId } from "./records.ts";

export function exportsContract(store: () => Store): void {
  describe("exports of recordings", () => {
    const one = programme("A1");
    const asked = (name: string, recording: string): StoredExport => ({
      exportId: `exp_${name}` as ExportId,
      recordingId: `rec_${recording}` as RecordingId,
      sessionId: sessionId("1"),
      status: "queued",
      language: "id",
      requestedAt: 1_000,
      requestedBy: "adm_1",
      endedAt: null,
      doneMs: 0,
      totalMs: 7_200_000,
      bytes: null,
      failure: null,
    });

    beforeEach(async () => {
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
    });

    it("RX8 are kept with how far they came, in the order in which they were asked for", async () => {
      const [first, second, third] = [asked("z", "1"), asked("a", "1"), asked("m", "2")];
      for (const each of [first, second, third]) await store().exports.create(each);
      const done = { status: "done", doneMs: 7_200_000, bytes: 3_000_000_000, endedAt: 9_000 } as const;
      await store().exports.update(second.exportId, done);
      await store().exports.update(third.exportId, { status: "running", doneMs: 60_000.4 });
      expect(await store().exports.find(second.exportId)).toEqual({ ...second, ...done });
      expect(await store().exports.list(first.recordingId)).toEqual([{ ...second, ...done }, first]);
      expect(await store().exports.unfinished()).toEqual([
        first,
        { ...third, status: "running", doneMs: 60_000 },
      ]);
      await store().exports.update(third.exportId, { status: "failed", failure: "disk-full" });
      expect(await store().exports.unfinished()).toEqual([first]);
      expect(await store().exports.find("exp_none" as ExportId)).toBeNull();
    });
  });
}
