import { beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { apiKeyIdSchema, linkIdSchema } from "../../server/protocol/ids.ts";
import { everything } from "./everything.ts";
import { enrolmentId, person, programme, session, sessionId, staff } from "./records.ts";

export function peopleContract(store: () => Store): void {
  describe("staff", () => {
    it("ST7 refuses a second member of staff with the same e-mail in a programme", async () => {
      const [one, other] = [programme("A1"), programme("B1")];
      await store().programmes.create(one);
      await store().programmes.create(other);
      const rina = staff(one, "Rina", "Rina@contoh.go.id");
      expect(await store().staff.create(rina)).toEqual({ ok: true });
      expect(await store().staff.create(staff(one, "R2", "rina@contoh.go.id "))).toMatchObject({
        code: "already-exists",
      });
      expect(await store().staff.create(staff(other, "R3", "rina@contoh.go.id"))).toEqual({ ok: true });
      expect(await store().staff.find(rina.id)).toEqual(rina);
      const known = await store().staff.listByEmail("RINA@contoh.go.id");
      expect(known.map(({ programmeId }) => programmeId)).toEqual([other.id, one.id]);
      expect(await store().staff.listByEmail("lain@contoh.go.id")).toEqual([]);
      expect(await store().staff.list(one.id, { limit: 5, cursor: null })).toEqual({
        items: [rina],
        nextCursor: null,
      });
    });
  });
}

export function peopleChangesContract(store: () => Store): void {
  describe("people after they were entered", () => {
    const one = programme("A1");
    const link = {
      id: linkIdSchema.parse("lnk_1"),
      sessionId: sessionId("1"),
      enrolmentId: enrolmentId("1"),
      staffId: null,
      expiresAt: 9_000,
      revokedAt: null,
      createdAt: 1,
    };
    beforeEach(async () => {
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
      await store().enrolments.put(one.id, [person("1", "Siti", "1"), person("2", "Tono", "2")], 1);
      await store().links.create(link, "hash-1");
    });

    it("EN10 changes a person, but not to another's number", async () => {
      const { enrolments } = store();
      const { newId: _newId, ...fields } = person("3", "Siti Aminah", "1", { group: "B" });
      expect(await enrolments.change(enrolmentId("1"), fields)).toEqual({ ok: true });
      expect(await enrolments.find(enrolmentId("1"))).toMatchObject({ id: "enr_1", ...fields });
      expect(await enrolments.change(enrolmentId("1"), { ...fields, externalId: "2" })).toMatchObject({
        code: "already-exists",
      });
      expect(await enrolments.change(enrolmentId("9"), { ...fields, externalId: "9" })).toMatchObject({
        code: "not-found",
      });
    });

    it("EN11 removes a person with their links, unless a class names them", async () => {
      const { enrolments, links, classes } = store();
      expect(await links.ofPerson(enrolmentId("1"))).toEqual([link]);
      expect(await links.ofSession(sessionId("1"))).toEqual([link]);
      const marked = {
        type: "attendance.marked" as const,
        slotId: "slt_1",
        enrolmentId: enrolmentId("2"),
        status: "present" as const,
        by: "stf_1",
        at: 5,
      };
      await classes.appendEvidence(sessionId("1"), [marked]);
      expect(await enrolments.remove(enrolmentId("2"))).toMatchObject({ code: "in-use" });
      expect(await enrolments.remove(enrolmentId("1"))).toEqual({ ok: true });
      expect(await links.find(link.id)).toBeNull();
      expect(await enrolments.remove(enrolmentId("1"))).toMatchObject({ code: "not-found" });
    });

    it("EN11 changes and removes staff", async () => {
      const { staff: members } = store();
      const [ina, budi] = [staff(one, "ina", "ina@a.id"), staff(one, "budi", "budi@a.id")];
      for (const member of [ina, budi]) await members.create(member);
      expect(await members.change({ ...ina, email: " BUDI@a.id" })).toMatchObject({ code: "already-exists" });
      expect(await members.change({ ...ina, name: "Ina" })).toEqual({ ok: true });
      expect(await members.find(ina.id)).toEqual({ ...ina, name: "Ina" });
      expect(await members.remove(ina.id)).toEqual({ ok: true });
      expect(await members.remove(ina.id)).toMatchObject({ code: "not-found" });
    });
  });
}

export function accessContract(store: () => Store): void {
  describe("links and API keys", () => {
    it("ST11 finds a link by its token's hash, also when it is revoked, and keeps the first revocation", async () => {
      const one = programme("A1");
      await store().programmes.create(one);
      await store().sessions.create(session(one, "1"));
      await store().enrolments.put(one.id, [person("1", "Siti", "1")], 1);
      const link = {
        id: linkIdSchema.parse("lnk_1"),
        sessionId: sessionId("1"),
        enrolmentId: enrolmentId("1"),
        staffId: null,
        expiresAt: 9_000,
        revokedAt: null,
        createdAt: 1,
      };
      const { links } = store();
      await links.create(link, "hash-1");
      await expect(links.create({ ...link, id: linkIdSchema.parse("lnk_2") }, "hash-1")).rejects.toThrow();
      expect(await links.findByTokenHash("hash-1")).toEqual(link);
      expect(await links.findByTokenHash("hash-2")).toBeNull();
      expect(await links.revokedAmong([link.id, linkIdSchema.parse("lnk_3")])).toEqual([]);
      const revoked = { ...link, revokedAt: 5_000 };
      expect(await links.revoke(link.id, 5_000)).toEqual({ ok: true, data: revoked });
      expect(await links.revoke(link.id, 6_000)).toEqual({ ok: true, data: revoked });
      expect(await links.revokedAmong([link.id, linkIdSchema.parse("lnk_3")])).toEqual([link.id]);
      expect(await links.revoke(linkIdSchema.parse("lnk_2"), 1)).toMatchObject({ code: "not-found" });
      expect(await links.find(link.id)).toEqual(revoked);
      expect(await links.findByTokenHash("hash-1")).toEqual(revoked);
      expect(await links.list(sessionId("1"), { limit: 1, cursor: null })).toEqual({
        items: [revoked],
        nextCursor: null,
      });
      const many = ["lnk_3", "lnk_4"].map((id) => ({ ...link, id: linkIdSchema.parse(id) }));
      const taken = many.map((one, index) => ({ link: one, tokenHash: index === 1 ? "hash-1" : "hash-3" }));
      await expect(links.createAll(taken)).rejects.toThrow();
      expect(await links.ofSession(link.sessionId)).toEqual([revoked]);
      await links.createAll(many.map((one) => ({ link: one, tokenHash: `hash of ${one.id}` })));
      expect(await links.ofSession(link.sessionId)).toEqual([revoked, ...many]);
    });

    it("ST11 finds an API key by its hash and revokes it", async () => {
      const { apiKeys } = store();
      const keyOf = (name: string) => ({
        id: apiKeyIdSchema.parse(`key_${name}`),
        name,
        scopes: ["read", "write"] as const,
        ownerId: null,
        revokedAt: null,
        createdAt: 1,
      });
      await apiKeys.create(keyOf("b"), "hash-b");
      await apiKeys.create(keyOf("a"), "hash-a");
      expect(await apiKeys.findByHash("hash-a")).toEqual(keyOf("a"));
      expect(await apiKeys.findByHash("hash-c")).toBeNull();
      expect(await apiKeys.revoke(keyOf("a").id, 7)).toEqual({
        ok: true,
        data: { ...keyOf("a"), revokedAt: 7 },
      });
      expect(await apiKeys.revoke(keyOf("c").id, 7)).toMatchObject({ code: "not-found" });
      const names = (await everything(1, (page) => apiKeys.list(page))).map(({ name }) => name);
      expect(names).toEqual(["b", "a"]);
    });
  });
}
