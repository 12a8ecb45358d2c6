import { describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { programmeIdSchema, sessionIdSchema } from "../../server/protocol/ids.ts";
import type { TrailEntry } from "../../server/protocol/trail.ts";
import { verifyChain } from "../../server/reports/chain.ts";
import { everything } from "./everything.ts";

const programmeId = programmeIdSchema.parse("prg_a");
const sessionId = sessionIdSchema.parse("ses_a");

function entry(at: number, change: Partial<TrailEntry> = {}): TrailEntry {
  return {
    at,
    actor: { kind: "account", id: "adm_siti" },
    action: "roster.read",
    subject: { kind: "programme", id: programmeId },
    people: [],
    programmeId,
    sessionId: null,
    detail: {},
    ...change,
  };
}

export function trailContract(store: () => Store): void {
  describe("trail", () => {
    it("TR1 chains rows from the word trail, and knows where it ends", async () => {
      expect(await store().trail.head()).toBeNull();
      for (const at of [10, 20, 30]) await store().trail.append(entry(at));
      const rows = await store().trail.rowsAfter(0, 10);
      expect(rows.map(({ seq, at }) => [seq, at])).toEqual([
        [1, 10],
        [2, 20],
        [3, 30],
      ]);
      expect(verifyChain("trail", rows)).toEqual({ ok: true });
      expect(await store().trail.head()).toEqual({ seq: 3, at: 30, hash: rows[2]?.hash });
      expect(await store().trail.rowsAfter(1, 1)).toEqual([rows[1]]);
    });

    it("TR1 never goes back in time, whichever clock writes", async () => {
      await store().trail.append(entry(50));
      expect((await store().trail.append(entry(40))).at).toBe(50);
      expect(verifyChain("trail", await store().trail.rowsAfter(0, 10))).toEqual({ ok: true });
    });

    it("TR1 keeps its chain when many write at once", async () => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => store().trail.append(entry(1_000 - index))));
      const rows = await store().trail.rowsAfter(0, 100);
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      expect(verifyChain("trail", rows)).toEqual({ ok: true });
    });

    it("TR1 refuses a malformed entry and stays whole", async () => {
      await expect(store().trail.append(entry(1, { action: "Not an action" }))).rejects.toThrow();
      await expect(store().trail.append(entry(1, { detail: { "a b": 1 } }))).rejects.toThrow();
      expect(await store().trail.head()).toBeNull();
    });

    it("TR6 lists the newest first, in pages, by every filter", async () => {
      const { trail } = store();
      await trail.append(entry(10));
      await trail.append(entry(20, { action: "link.created", sessionId, people: ["enr_a", "enr_b"] }));
      await trail.append(entry(30, { actor: { kind: "key", id: "key_a" }, programmeId: null }));
      await trail.append(entry(40, { action: "link.revoked", sessionId, people: ["enr_b"] }));
      const seqs = async (filter: Parameters<typeof trail.list>[0]) =>
        (await everything(1, (page) => trail.list(filter, page))).map(({ seq }) => seq);
      expect(await seqs({})).toEqual([4, 3, 2, 1]);
      expect(await seqs({ programme: programmeId })).toEqual([4, 2, 1]);
      expect(await seqs({ session: sessionId })).toEqual([4, 2]);
      expect(await seqs({ person: "enr_a" })).toEqual([2]);
      expect(await seqs({ person: "enr_b", action: "link.revoked" })).toEqual([4]);
      expect(await seqs({ actor: "key_a" })).toEqual([3]);
      expect(await seqs({ kind: "change" })).toEqual([4, 2]);
      expect(await seqs({ from: 20, to: 40 })).toEqual([3, 2]);
    });
  });
}
