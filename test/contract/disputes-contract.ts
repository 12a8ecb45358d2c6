import { expect, it } from "vitest";
import type { Dispute, Store } from "../../server/ports.ts";
import { adjustmentIdSchema, disputeIdSchema } from "../../server/protocol/ids.ts";
import { enrolmentId, person, programme, session, sessionId } from "./records.ts";

const dispute = (name: string, change: Partial<Dispute> = {}): Dispute => ({
  id: disputeIdSchema.parse(`dsp_${name}`),
  sessionId: sessionId("A1"),
  slotId: "slt_A1",
  enrolmentId: enrolmentId("1"),
  reason: "Saya hadir\nsejak awal",
  file: null,
  createdAt: 5_000,
  adjustmentIds: [],
  answer: null,
  ...change,
});
const adjustment = (name: string) => adjustmentIdSchema.parse(`adj_${name}`);

export function disputesContract(store: () => Store): void {
  async function planned() {
    const one = programme("A1");
    await store().programmes.create(one);
    await store().enrolments.put(one.id, [person("1", "Ani", "1")], 1_000);
    await store().sessions.create(session(one, "A1"));
    await store().sessions.create(session(one, "B1"));
    return store().disputes;
  }

  it("ST20 disputes are kept by session, in order, with their file's facts and their proposals", async () => {
    const disputes = await planned();
    const file = { name: "bukti.pdf", type: "application/pdf", bytes: 12, hash: "ab" };
    await disputes.create(dispute("1", { file }), 0);
    await disputes.create(dispute("2", { sessionId: sessionId("B1") }), 0);
    await disputes.create(dispute("3"), 1);
    await disputes.addProposal(dispute("3").id, adjustment("1"));
    await disputes.addProposal(dispute("1").id, adjustment("2"));
    await disputes.addProposal(dispute("3").id, adjustment("3"));
    const third = dispute("3", { adjustmentIds: [adjustment("1"), adjustment("3")] });
    expect(await disputes.list(sessionId("A1"))).toEqual([
      dispute("1", { file, adjustmentIds: [adjustment("2")] }),
      third,
    ]);
    expect(await disputes.find(third.id)).toEqual(third);
    expect(await disputes.find(dispute("9").id)).toBeNull();
  });

  it("ST20 of answers to a dispute the first counts; an id and a proposal stand once", async () => {
    const disputes = await planned();
    await disputes.create(dispute("1"), 0);
    await disputes.answer(dispute("1"), { reason: "Tidak ada bukti", by: "adm_1", at: 6_000 }, 1);
    await disputes.answer(dispute("1"), { reason: "Lain", by: "adm_2", at: 7_000 }, 2);
    expect((await disputes.find(dispute("1").id))?.answer).toEqual({
      reason: "Tidak ada bukti",
      by: "adm_1",
      at: 6_000,
    });
    await expect(disputes.create(dispute("1"), 3)).rejects.toThrow();
    await disputes.addProposal(dispute("1").id, adjustment("1"));
    await expect(disputes.addProposal(dispute("1").id, adjustment("1"))).rejects.toThrow();
  });

  it("ST20 rows about adjustments are read without the rest of the ledger", async () => {
    await planned();
    const { classes } = store();
    const common = { slotId: "slt_A1", enrolmentId: "enr_1" };
    await classes.appendEvidence(sessionId("A1"), [
      { type: "attendance.marked", ...common, status: "present", by: "adm_1", at: 1 },
      {
        type: "adjustment.proposed",
        adjustmentId: "adj_1",
        ...common,
        jp: 1,
        reason: "x",
        by: "adm_1",
        at: 2,
      },
      { type: "adjustment.rejected", adjustmentId: "adj_1", by: "adm_2", at: 3 },
    ]);
    const all = await classes.evidence(sessionId("A1"));
    expect(await classes.adjustments(sessionId("A1"))).toEqual(all.slice(1));
    expect(await classes.adjustments(sessionId("B1"))).toEqual([]);
  });
}
