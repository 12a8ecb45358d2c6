import { describe, expect, it } from "vitest";
import type { Classes, Session, Store } from "../../server/ports.ts";
import type { Result } from "../../server/protocol/errors.ts";
import { type AdjustmentId, certificateIdSchema, slotIdSchema } from "../../server/protocol/ids.ts";
import { createDisputes } from "../../server/transport/disputes.ts";
import { createRulings } from "../../server/transport/rulings.ts";
import { cancelSession } from "../../server/transport/session-plans.ts";
import { countedIds } from "../support/counted-ids.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { enrolmentId, person, programme, session } from "./records.ts";

const ROUNDS = 12;
const HOUR_MS = 3_600_000;

/** What one node's office does; each has its own queues, as a process has. */
function officeOf(store: Store, newId: ReturnType<typeof countedIds>) {
  const clock = new FakeClock(HOUR_MS);
  const rulings = createRulings({ store, clock, newId });
  // The class runs nowhere: nothing has to stand still for a change.
  const classes = { change: (_id, change) => change() } as Partial<Classes> as Classes;
  return {
    rulings,
    disputes: createDisputes({ store, clock, newId, dataDir: "", rulings }),
    cancel: (one: Session, by: string) =>
      cancelSession({ store, classes, rulings, clock, newId }, one.id, { reason: "Banjir", by }),
  };
}

/** What holds when two nodes, each with a store of its own on the same records, decide in the same moment. */
export function twoDecidersContract(name: string, open: () => Promise<readonly [Store, Store]>): void {
  async function gathered() {
    const stores = await open();
    const [store] = stores;
    const of = programme("A1");
    await store.programmes.create(of);
    await store.enrolments.put(of.id, [person("1", "Ani", "1"), person("2", "Budi", "2")], 1_000);
    const newId = countedIds();
    const offices = [officeOf(stores[0], newId), officeOf(stores[1], newId)] as const;
    const sessions = Array.from({ length: ROUNDS }, (_, round) => ({
      ...session(of, `R${round}`),
      mode: "offline" as const,
    }));
    for (const one of sessions) await store.sessions.create(one);
    return { stores, store, of, offices, sessions };
  }
  const codes = (results: readonly Result<unknown>[]) => results.map((one) => (one.ok ? "ok" : one.code));

  describe(`${name}, two nodes`, () => {
    it("CN13 a proposal is decided once, whoever decides it where", async () => {
      const { store, offices, sessions } = await gathered();
      const [first, second] = offices;
      for (const one of sessions) {
        const request = { slotId: one.slots[0]?.id ?? "", enrolmentId: "enr_1", jp: 0.5, reason: "listrik" };
        const proposed = await first.rulings.propose(one, request, "adm_1");
        const id = (proposed.ok ? proposed.data : "") as AdjustmentId;
        const decided = await Promise.all([
          first.rulings.decide(one, id, "approve", "adm_2"),
          second.rulings.decide(one, id, "reject", "adm_3"),
        ]);
        expect(codes(decided).sort()).toEqual(["adjustment-decided", "ok"]);
        const rows = await store.classes.adjustments(one.id);
        expect(rows).toHaveLength(2);
        const isApproved = decided[0].ok;
        expect(rows[1]?.type).toBe(isApproved ? "attendance.adjusted" : "adjustment.rejected");
      }
    });

    it("CN13 a session is cancelled or its roll is called, never both", async () => {
      const { store, offices, sessions } = await gathered();
      const [first, second] = offices;
      for (const [round, one] of sessions.entries()) {
        const [canceller, caller] = round % 2 === 0 ? [first, second] : [second, first];
        const mark = { slotId: one.slots[0]?.id ?? "", enrolmentId: "enr_1", status: "present" } as const;
        const results = await Promise.all([
          caller.rulings.mark(one, [mark], "stf_1"),
          canceller.cancel(one, "adm_1"),
        ]);
        expect(codes(results)).toEqual(results[0].ok ? ["ok", "session-begun"] : ["session-cancelled", "ok"]);
        const kept = await store.sessions.find(one.id);
        expect((await store.classes.evidence(one.id)).length).toBe(kept?.cancellation ? 0 : 1);
      }
    });

    it("CN13 of disputes one is open per slot and person, and it is dealt with once", async () => {
      const { store, offices, sessions } = await gathered();
      const [first, second] = offices;
      for (const one of sessions) {
        const slotId = slotIdSchema.parse(one.slots[0]?.id);
        const body = { slotId, reason: "Saya hadir" };
        const filed = await Promise.all([
          first.disputes.file(one, enrolmentId("1"), body),
          second.disputes.file(one, enrolmentId("1"), { ...body, reason: "Listrik padam" }),
        ]);
        expect(codes(filed).sort()).toEqual(["dispute-open", "ok"]);
        const [kept] = await store.disputes.list(one.id);
        if (!kept) throw new Error("nothing was filed");
        const dealt = await Promise.all([
          first.disputes.propose(one, kept.id, { jp: 1, reason: "Cocok" }, "adm_1"),
          second.disputes.reject(one, kept.id, "Tidak ada bukti", "adm_2"),
        ]);
        expect(codes(dealt).sort()).toEqual(["dispute-decided", "ok"]);
        const proposals = await store.classes.adjustments(one.id);
        expect(proposals).toHaveLength(dealt[0].ok ? 1 : 0);
        expect((await store.disputes.find(kept.id))?.answer === null).toBe(dealt[0].ok);
      }
    });

    it("CN13 many decide at once on both nodes, and each gets its turn", async () => {
      const { store, offices, sessions } = await gathered();
      const one = sessions[0] as Session;
      const mark = (n: number) => ({
        slotId: one.slots[0]?.id ?? "",
        enrolmentId: `enr_${1 + (n % 2)}`,
        status: "present" as const,
      });
      const marked = await Promise.all(
        Array.from({ length: 20 }, (_, n) => offices[n % 2]?.rulings.mark(one, [mark(n)], "stf_1")),
      );
      expect(new Set(marked.map((result) => result?.ok))).toEqual(new Set([true]));
      expect(await store.classes.evidence(one.id)).toHaveLength(20);
      expect(await store.classes.officeTurn(one.id)).toBe(20);
    });

    it("CN13 of certificates with one number, or to one person, one is issued", async () => {
      const { stores, of } = await gathered();
      const facts = {
        ...{ name: "Ani", externalId: "1", institution: null, programme: { code: "A1", title: "A" }, jp: 1 },
        ...{ units: [], heldFrom: 1, heldTo: 2, timeZone: "Asia/Jakarta", issuer: null, policyVersion: null },
      };
      const issue = (store: Store, name: string, sequence: number, who: string) =>
        store.certificates.create([
          {
            ...{ id: certificateIdSchema.parse(`crt_${name}`), programmeId: of.id, sequence, facts },
            ...{ enrolmentId: enrolmentId(who), number: `${sequence}`, code: name, credential: "a.b.c" },
            ...{ issuedBy: "adm_1", issuedAt: 1, revokedAt: null, revokedBy: null, revokedReason: null },
            erasedAt: null,
          },
        ]);
      const [a, b] = stores;
      const same = await Promise.all([issue(a, "one", 1, "1"), issue(b, "two", 1, "2")]);
      expect(codes(same).sort()).toEqual(["conflict", "ok"]);
      const left = same[0].ok ? "2" : "1";
      const both = await Promise.all([issue(a, "three", 2, left), issue(b, "four", 3, left)]);
      expect(codes(both).sort()).toEqual(["conflict", "ok"]);
      expect(await a.certificates.valid(of.id)).toHaveLength(2);
    });
  });
}
