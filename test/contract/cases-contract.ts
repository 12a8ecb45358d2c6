import { beforeEach, describe, expect, it } from "vitest";
import type { SavedCase, Store } from "../../server/ports.ts";
import type { SavedGroupPlan, Score } from "../../server/protocol/case-work.ts";
import type { BreakoutRoomId, CaseId, CriterionId, GroupPlanId } from "../../server/protocol/ids.ts";
import { sampleCase } from "../support/sample-case.ts";
import { enrolmentId, programme, session, sessionId } from "./records.ts";

export function casesContract(store: () => Store): void {
  describe("cases, plans and scores", () => {
    const one = programme("A1");
    const work = (id: string, change: Partial<SavedCase> = {}): SavedCase => ({
      ...sampleCase,
      caseId: `cas_${id}` as CaseId,
      sessionId: sessionId("1"),
      updatedAt: 1_000,
      ...change,
    });
    const plan = (id: string, change: Partial<SavedGroupPlan> = {}): SavedGroupPlan => ({
      planId: `pln_${id}` as GroupPlanId,
      sessionId: sessionId("1"),
      updatedAt: 1_000,
      title: "Empat kelompok",
      count: 1,
      assign: "even",
      limit: null,
      minutes: 20,
      caseId: null,
      groups: [{ title: "Melati", enrolmentIds: [enrolmentId("a")] }],
      ...change,
    });

    beforeEach(async () => {
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
      await store().sessions.create(session(one, "2"));
    });

    it("ST31 keeps cases by session, in the order of their creation, as they were changed last", async () => {
      await store().cases.put(work("b"));
      await store().cases.put(work("a", { title: "Lain" }));
      await store().cases.put(work("c", { sessionId: sessionId("2") }));
      await store().cases.put(work("b", { title: "Baru", updatedAt: 2_000 }));
      const listed = await store().cases.list(sessionId("1"));
      expect(listed.map(({ caseId, title }) => [caseId, title])).toEqual([
        ["cas_b", "Baru"],
        ["cas_a", "Lain"],
      ]);
      expect(await store().cases.find("cas_b" as CaseId)).toEqual(
        work("b", { title: "Baru", updatedAt: 2_000 }),
      );
      await store().cases.remove("cas_b" as CaseId);
      expect(await store().cases.find("cas_b" as CaseId)).toBeNull();
    });

    it("ST31 keeps plans of groups alike", async () => {
      await store().groupPlans.put(plan("b"));
      await store().groupPlans.put(plan("a", { sessionId: sessionId("2") }));
      await store().groupPlans.put(plan("b", { title: "Lain", groups: null }));
      expect(await store().groupPlans.list(sessionId("1"))).toEqual([
        plan("b", { title: "Lain", groups: null }),
      ]);
      await store().groupPlans.remove("pln_b" as GroupPlanId);
      expect(await store().groupPlans.find("pln_b" as GroupPlanId)).toBeNull();
      expect(await store().groupPlans.find("pln_a" as GroupPlanId)).not.toBeNull();
    });

    it("ST31 keeps the last score of each room", async () => {
      const score = (total: number): Score => ({
        roomId: "rom_1" as BreakoutRoomId,
        caseId: "cas_1" as CaseId,
        points: [{ criterionId: "cri_1" as CriterionId, points: total }],
        total,
        maxTotal: 40,
        isAccepted: true,
        comment: "",
        members: [enrolmentId("a")],
        by: "stf_1",
        at: 1_000,
      });
      await store().scores.put(sessionId("1"), score(10));
      await store().scores.put(sessionId("1"), score(30));
      expect(await store().scores.list(sessionId("1"))).toEqual([score(30)]);
      expect(await store().scores.list(sessionId("2"))).toEqual([]);
    });
  });
}
