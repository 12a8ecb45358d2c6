import { describe, expect, it } from "vitest";
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
      const revoked = { ...link, revokedAt: 5_000 };
      expect(await links.revoke(link.id, 5_000)).toEqual({ ok: true, data: revoked });
      expect(await links.revoke(link.id, 6_000)).toEqual({ ok: true, data: revoked });
      expect(await links.revoke(linkIdSchema.parse("lnk_2"), 1)).toMatchObject({ code: "not-found" });
      expect(await links.find(link.id)).toEqual(revoked);
      expect(await links.findByTokenHash("hash-1")).toEqual(revoked);
      expect(await links.list(sessionId("1"), { limit: 1, cursor: null })).toEqual({
        items: [revoked],
        nextCursor: null,
      });
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
