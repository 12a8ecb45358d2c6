import { describe, expect, it } from "vitest";
import { adjustmentsFrom, decideProposal, decideRuling } from "../../server/domain/adjustments.ts";
import { decideMark, decidingMarksFrom, type RulingContext } from "../../server/domain/roll-call.ts";
import type { SessionMode } from "../../server/protocol/evidence.ts";
import { adjusted, ledger, marked, slot, type Timed } from "./ledger.ts";

const context = (mode: SessionMode = "offline"): RulingContext => ({
  session: { mode, slots: [slot(0, 100, 1.5)] },
  isOnRoster: (id) => id === "ana",
});
const ana = { slotId: "s1", enrolmentId: "ana" };
const present = { ...ana, status: "present" } as const;
const names = (path: string) => ({ errors: [{ path, message: expect.any(String) }] });

describe("roll call", () => {
  it("RC1 takes a slot of the session and a person of its roster", () => {
    expect(decideMark(context(), present, "stf_ibu")).toEqual({
      ok: true,
      data: { type: "attendance.marked", ...present, by: "stf_ibu" },
    });
    expect(decideMark(context("hybrid"), present, "stf_ibu").ok).toBe(true);
    expect(decideMark(context(), { ...present, slotId: "s2" }, "stf_ibu")).toMatchObject({
      code: "slot-unknown",
      details: names("slotId"),
    });
    expect(decideMark(context(), { ...present, enrolmentId: "budi" }, "stf_ibu")).toMatchObject({
      code: "person-unknown",
      details: names("enrolmentId"),
    });
  });

  it("RC2 marks nobody in an online session", () => {
    expect(decideMark(context("online"), present, "stf_ibu")).toEqual({ ok: false, code: "session-online" });
  });

  it("RC5 lists the mark that decides: the last by staff, else the last check-in", () => {
    const rows = ledger(
      marked("ana", "absent"),
      marked("ana", "sick"),
      marked("ana", "present", { by: "check-in" }),
      marked("budi", "present", { by: "check-in" }),
      marked("ana", "excused", { slotId: "s2" }),
    );
    expect(decidingMarksFrom(rows).map((row) => [row.enrolmentId, row.slotId, row.status])).toEqual([
      ["ana", "s1", "sick"],
      ["budi", "s1", "present"],
      ["ana", "s2", "excused"],
    ]);
  });
});

const proposed = (adjustmentId: string, by = "adm_a"): Timed => {
  return { at: 5, type: "adjustment.proposed", adjustmentId, ...ana, jp: 1, reason: "Listrik padam", by };
};
const rejected = (adjustmentId: string, by = "adm_b"): Timed => {
  return { at: 6, type: "adjustment.rejected", adjustmentId, by };
};

describe("adjustments", () => {
  it.each([
    [0, true],
    [0.25, true],
    [1.5, true],
    [1.51, false],
    [-0.01, false],
    [0.125, false],
  ])("AJ1 a proposal of %d JP for a slot of 1.5", (jp, isFine) => {
    const request = { ...ana, jp, reason: "Listrik padam" };
    const decided = decideProposal(context("online"), request, { by: "adm_a", adjustmentId: "adj_1" });
    if (isFine) expect(decided).toMatchObject({ ok: true, data: { jp, by: "adm_a", adjustmentId: "adj_1" } });
    else expect(decided).toMatchObject({ code: "bad-request", details: names("jp") });
  });

  it("AJ1 a proposal names a slot of the session and a person of its roster", () => {
    const who = { by: "adm_a", adjustmentId: "adj_1" };
    const request = { ...ana, jp: 1, reason: "Listrik padam" };
    expect(decideProposal(context(), { ...request, slotId: "s2" }, who)).toMatchObject({
      code: "slot-unknown",
    });
    expect(decideProposal(context(), { ...request, enrolmentId: "budi" }, who)).toMatchObject({
      code: "person-unknown",
    });
  });

  it("AJ2 another person decides; the proposer neither approves nor rejects", () => {
    const rows = ledger(proposed("adj_1"));
    for (const ruling of ["approve", "reject"] as const) {
      expect(decideRuling(rows, "adj_1", ruling, "adm_a")).toEqual({ ok: false, code: "own-adjustment" });
    }
    expect(decideRuling(rows, "adj_1", "approve", "adm_b")).toEqual({
      ok: true,
      data: {
        type: "attendance.adjusted",
        adjustmentId: "adj_1",
        ...ana,
        jp: 1,
        reason: "Listrik padam",
        by: "adm_a",
        approvedBy: "adm_b",
      },
    });
    expect(decideRuling(rows, "adj_1", "reject", "adm_b")).toEqual({
      ok: true,
      data: { type: "adjustment.rejected", adjustmentId: "adj_1", by: "adm_b" },
    });
  });

  it("AJ3 a proposal is decided once", () => {
    const approved = ledger(proposed("adj_1"), adjusted("ana", 1));
    const refused = ledger(proposed("adj_1"), rejected("adj_1"));
    for (const rows of [approved, refused]) {
      expect(decideRuling(rows, "adj_1", "approve", "adm_c")).toMatchObject({ code: "adjustment-decided" });
      expect(decideRuling(rows, "adj_1", "reject", "adm_c")).toMatchObject({ code: "adjustment-decided" });
    }
    expect(decideRuling([], "adj_1", "approve", "adm_c")).toMatchObject({ code: "adjustment-unknown" });
  });

  it("AJ4 every proposal stays in the list with what became of it", () => {
    const rows = ledger(
      proposed("adj_1"),
      proposed("adj_2"),
      proposed("adj_3"),
      adjusted("ana", 1, { adjustmentId: "adj_1", at: 7 }),
      rejected("adj_2"),
      rejected("adj_9"),
      adjusted("ana", 1, { adjustmentId: "adj_3", approvedBy: "adm_a" }),
      adjusted("ana", 0.5, { adjustmentId: "adj_4", at: 8 }),
    );
    const list = adjustmentsFrom(rows);
    expect(list.map((one) => [one.adjustmentId, one.state, one.decidedBy, one.proposedAt])).toEqual([
      ["adj_1", "approved", "adm_b", 5],
      ["adj_2", "rejected", "adm_b", 5],
      ["adj_3", "proposed", null, 5],
      ["adj_4", "approved", "adm_b", null],
    ]);
    expect(list[0]).toMatchObject({ reason: "Listrik padam", proposedBy: "adm_a", decidedAt: 7, jp: 1 });
  });
});
