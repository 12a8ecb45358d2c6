import { beforeEach, describe, expect, it } from "vitest";
import type { PageRequest, Store } from "../../server/ports.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import { everything } from "./everything.ts";
import { enrolmentId, person, programme } from "./records.ts";

export function programmesContract(store: () => Store): void {
  describe("programmes", () => {
    it("ST2 keeps a programme and finds it by id or by code", async () => {
      const one = programme("A1");
      expect(await store().programmes.create(one)).toEqual({ ok: true });
      expect(await store().programmes.find(one.id)).toEqual(one);
      expect(await store().programmes.find("A1")).toEqual(one);
      expect(await store().programmes.find("a1")).toBeNull();
    });

    it("ST2 prefers the id to a code that looks like it", async () => {
      const [one, other] = [programme("A1"), programme("B1", { code: "prg_A1" })];
      await store().programmes.create(other);
      await store().programmes.create(one);
      expect(await store().programmes.find("prg_A1")).toEqual(one);
    });

    it("ST2 refuses a code that is taken", async () => {
      await store().programmes.create(programme("A1"));
      const again = programme("B1", { code: "A1" });
      expect(await store().programmes.create(again)).toMatchObject({ ok: false, code: "already-exists" });
      expect(await store().programmes.find(again.id)).toBeNull();
    });

    it("ST3 lists in order of creation, page by page, also while more are created", async () => {
      const list = (page: PageRequest) => store().programmes.list(page);
      expect(await list({ limit: 2, cursor: null })).toEqual({ items: [], nextCursor: null });
      for (const name of ["Z", "M", "A", "B"]) await store().programmes.create(programme(name));
      const first = await list({ limit: 2, cursor: null });
      expect(first.items.map(({ code }) => code)).toEqual(["Z", "M"]);
      await store().programmes.create(programme("L"));
      const second = await list({ limit: 2, cursor: first.nextCursor });
      expect(second.items.map(({ code }) => code)).toEqual(["A", "B"]);
      const third = await list({ limit: 2, cursor: second.nextCursor });
      expect([third.items.map(({ code }) => code), third.nextCursor]).toEqual([["L"], null]);
    });

    it("ST3 gives an empty page for a cursor that is not its own", async () => {
      await store().programmes.create(programme("A1"));
      for (const cursor of ["", "nonsense", "LTE", "💥", "9".repeat(500)]) {
        expect(await store().programmes.list({ limit: 5, cursor })).toEqual({ items: [], nextCursor: null });
      }
      await expect(store().programmes.list({ limit: 0, cursor: null })).rejects.toThrow("0 items");
    });

    it("ST4 changes title and units and nothing else, also when the policy is frozen", async () => {
      const one = programme("A1");
      await store().programmes.create(one);
      await store().programmes.freezePolicy(one.id, 5_000);
      const plan = { title: "Nama baru", units: [{ code: "B", title: "Baru", jp: 1.5, selfStudyJp: 0.5 }] };
      const changed = { ...one, ...plan, policyFrozenAt: 5_000 };
      expect(await store().programmes.change(one.id, plan)).toEqual({ ok: true, data: changed });
      expect(await store().programmes.find(one.id)).toEqual(changed);
      const refused = await store().programmes.change(programme("B").id, plan);
      expect(refused).toMatchObject({ code: "not-found" });
    });

    it("ST4 raises the policy's version with every change until it is frozen", async () => {
      const one = programme("A1");
      await store().programmes.create(one);
      const policy = { ...DEFAULT_POLICY, minSlotShare: 9000, requirements: [{ code: "post-test" }] };
      expect(await store().programmes.changePolicy(one.id, policy)).toEqual({
        ok: true,
        data: { ...one, policy, policyVersion: 2 },
      });
      await store().programmes.freezePolicy(one.id, 5_000);
      await store().programmes.freezePolicy(one.id, 6_000);
      expect(await store().programmes.changePolicy(one.id, DEFAULT_POLICY)).toMatchObject({
        code: "policy-frozen",
      });
      expect(await store().programmes.find(one.id)).toEqual({
        ...one,
        policy,
        policyVersion: 2,
        policyFrozenAt: 5_000,
      });
      expect(await store().programmes.changePolicy(programme("B").id, DEFAULT_POLICY)).toMatchObject({
        code: "not-found",
      });
    });
  });
}

export function enrolmentsContract(store: () => Store): void {
  describe("enrolments", () => {
    const one = programme("A1");
    beforeEach(async () => {
      await store().programmes.create(one);
      await store().programmes.create(programme("B1"));
    });

    it("ST5 creates and updates by the programme's externalId, answering in order", async () => {
      const { enrolments } = store();
      const first = [person("198002292005012001", "Siti", "1"), person("0012", "Budi", "2")];
      expect(await enrolments.put(one.id, first, 1_000)).toEqual([
        { id: "enr_1", outcome: "created" },
        { id: "enr_2", outcome: "created" },
      ]);
      const second = [person("0012", "Budi Santoso", "3"), person("12", "Ani", "4")];
      expect(await enrolments.put(one.id, second, 2_000)).toEqual([
        { id: "enr_2", outcome: "updated" },
        { id: "enr_4", outcome: "created" },
      ]);
      expect(await enrolments.find(enrolmentId("2"))).toEqual({
        id: "enr_2",
        erasedAt: null,
        programmeId: one.id,
        externalId: "0012",
        name: "Budi Santoso",
        email: null,
        institution: "Dinas Kominfo",
        group: null,
        birthDate: "1980-02-29",
        education: null,
        assignmentLetter: null,
        createdAt: 1_000,
      });
      expect(await enrolments.find(enrolmentId("3"))).toBeNull();
      expect(await enrolments.put(programme("B1").id, [person("0012", "Budi", "5")], 3_000)).toEqual([
        { id: "enr_5", outcome: "created" },
      ]);
    });

    it("ST5 lets the second row with an externalId update the first of the same call", async () => {
      const rows = [person("1", "Satu", "1"), person("2", "Dua", "2"), person("1", "Satu Lagi", "3")];
      expect(await store().enrolments.put(one.id, rows, 1_000)).toEqual([
        { id: "enr_1", outcome: "created" },
        { id: "enr_2", outcome: "created" },
        { id: "enr_1", outcome: "updated" },
      ]);
      const page = await store().enrolments.list(one.id, { limit: 9, cursor: null });
      expect(page.items.map(({ name }) => name)).toEqual(["Satu Lagi", "Dua"]);
    });

    it("ST5 puts all rows of a call or none", async () => {
      const rows = [person("1", "Satu", "1"), { ...person("2", "Dua", "2"), newId: enrolmentId("1") }];
      await expect(store().enrolments.put(one.id, rows, 1_000)).rejects.toThrow();
      expect(await store().enrolments.roster(one.id, null)).toEqual([]);
      expect(await store().enrolments.put(one.id, [], 1_000)).toEqual([]);
    });

    it("ST3 keeps the order of 1,100 rows put at once", async () => {
      const rows = Array.from({ length: 1_100 }, (_, index) => person(`nip${index}`, "Nama", `n${index}`));
      await store().enrolments.put(one.id, rows, 1_000);
      const listed = await everything(300, (page) => store().enrolments.list(one.id, page));
      expect(listed.map(({ externalId }) => externalId)).toEqual(rows.map(({ externalId }) => externalId));
    });

    it("ST6 orders a roster by name and then by id, of everybody or of one group", async () => {
      const rows = [
        person("1", "citra", "9", { group: "B" }),
        person("2", "Budi", "8"),
        person("3", "Ádi", "7", { group: "B" }),
        person("4", "Budi", "6", { group: "C" }),
      ];
      await store().enrolments.put(one.id, rows, 1_000);
      const idsOf = async (group: string | null) =>
        (await store().enrolments.roster(one.id, group)).map(({ id }) => id);
      expect(await idsOf(null)).toEqual(["enr_7", "enr_6", "enr_8", "enr_9"]);
      expect(await idsOf("B")).toEqual(["enr_7", "enr_9"]);
      expect(await idsOf("b")).toEqual([]);
    });
  });
}
