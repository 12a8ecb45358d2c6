import { describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { adminIdSchema, apiKeyIdSchema, linkIdSchema } from "../../server/protocol/ids.ts";
import { everything } from "./everything.ts";
import { enrolmentId, person, programme, session, sessionId, staff } from "./records.ts";

export function peopleContract(store: () => Store): void {
  describe("staff and administrators", () => {
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
      expect(await store().staff.list(one.id, { limit: 5, cursor: null })).toEqual({
        items: [rina],
        nextCursor: null,
      });
    });

    it("ST7 refuses a second administrator with the same e-mail, and finds one by it", async () => {
      const admin = { id: adminIdSchema.parse("adm_1"), email: "Ade@contoh.go.id", createdAt: 1 };
      expect(await store().admins.create(admin)).toEqual({ ok: true });
      const again = { ...admin, id: adminIdSchema.parse("adm_2"), email: "ADE@contoh.go.id" };
      expect(await store().admins.create(again)).toMatchObject({ code: "already-exists" });
      expect(await store().admins.find(admin.id)).toEqual(admin);
      expect(await store().admins.find(again.id)).toBeNull();
      expect(await store().admins.findByEmail("ade@contoh.go.id")).toEqual(admin);
      expect(await store().admins.findByEmail("a@b")).toBeNull();
    });

    it("ST8 knows a sign-in token until it expires", async () => {
      const admin = { id: adminIdSchema.parse("adm_1"), email: "a@b.id", createdAt: 1 };
      await store().admins.create(admin);
      await store().admins.addSignInToken(admin.id, "hash-1", 5_000);
      expect(await store().admins.findBySignInToken("hash-1", 4_999)).toEqual(admin);
      expect(await store().admins.findBySignInToken("hash-1", 5_000)).toBeNull();
      expect(await store().admins.findBySignInToken("hash-2", 1)).toBeNull();
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
