import { describe, expect, it } from "vitest";
import type { Account, SignIn, Store } from "../../server/ports.ts";
import { accountIdSchema, signInIdSchema } from "../../server/protocol/ids.ts";
import type { AccountRole } from "../../server/protocol/people.ts";
import { everything } from "./everything.ts";

const account = (name: string, role: AccountRole = "admin") => ({
  id: accountIdSchema.parse(`adm_${name}`),
  email: `${name}@contoh.go.id`,
  name,
  role,
  createdAt: 1,
});

export function accountsContract(store: () => Store): void {
  const open = async (name: string, role?: AccountRole): Promise<Account> => {
    const created = await store().accounts.create(account(name, role));
    if (!created.ok) throw new Error(created.code);
    return created.data;
  };

  describe("accounts", () => {
    it("ST7 refuses a second account with the same e-mail, and finds one by it", async () => {
      const ade = await open("Ade", "auditor");
      expect(ade).toMatchObject({ role: "auditor", hasPassword: false, hasSecondFactor: false });
      const again = { ...account("2"), email: " ADE@contoh.go.id" };
      expect(await store().accounts.create(again)).toMatchObject({ code: "already-exists" });
      expect(await store().accounts.find(ade.id)).toEqual(ade);
      expect(await store().accounts.find(again.id)).toBeNull();
      expect(await store().accounts.findByEmail("ade@contoh.go.id")).toEqual(ade);
      expect(await store().accounts.findByEmail("a@b")).toBeNull();
    });

    it("ST8 knows a token of its purpose until it expires or is ended", async () => {
      const { id } = await open("1");
      const { accounts } = store();
      await accounts.addToken(id, { hash: "hash-1", purpose: "sign-in", expiresAt: 5_000 });
      await accounts.addToken(id, { hash: "hash-2", purpose: "password", expiresAt: 5_000 });
      expect(await accounts.findByToken("hash-1", "sign-in", 4_999)).toMatchObject({ id });
      expect(await accounts.findByToken("hash-1", "sign-in", 5_000)).toBeNull();
      expect(await accounts.findByToken("hash-1", "password", 1)).toBeNull();
      expect(await accounts.endTokens(id, "password", "hash-2")).toBe(true);
      expect(await accounts.endTokens(id, "password", "hash-2")).toBe(false);
      expect(await accounts.findByToken("hash-2", "password", 1)).toBeNull();
      expect(await accounts.findByToken("hash-1", "sign-in", 1)).toMatchObject({ id });
    });

    it("ST21 keeps the last active administrator, also where two demote each other at once", async () => {
      const [one, other, auditor] = [await open("1"), await open("2"), await open("3", "auditor")];
      const { accounts } = store();
      const both = await Promise.all([
        accounts.change(one.id, { role: "auditor" }),
        accounts.change(other.id, { disabledAt: 9 }),
      ]);
      expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
      expect(both.find(({ ok }) => !ok)).toMatchObject({ code: "last-admin" });
      expect(await accounts.change(auditor.id, { name: "Audit", disabledAt: 9 })).toEqual({
        ok: true,
        data: { ...auditor, name: "Audit", disabledAt: 9 },
      });
      expect(await accounts.change(accountIdSchema.parse("adm_9"), {})).toMatchObject({ code: "not-found" });
      const all = await everything(1, (page) => accounts.list(page));
      expect(all.map(({ name }) => name)).toEqual(["1", "2", "Audit"]);
    });

    it("ST21 keeps a password's hash and says that there is one", async () => {
      const { id } = await open("1");
      expect(await store().accounts.passwordHash(id)).toBeNull();
      await store().accounts.setPassword(id, "$scrypt$");
      expect(await store().accounts.passwordHash(id)).toBe("$scrypt$");
      expect(await store().accounts.find(id)).toMatchObject({ hasPassword: true });
    });
  });

  describe("sign-ins and second factors", () => {
    const signIn = (of: Account, name: string, createdAt: number): SignIn => ({
      id: signInIdSchema.parse(`sgn_${name}`),
      accountId: of.id,
      via: "password",
      device: "Firefox",
      createdAt,
      expiresAt: createdAt + 100,
    });

    it("ST22 lists sign-ins that count, and ends one or all of an account", async () => {
      const [one, other] = [await open("1"), await open("2")];
      const { signIns } = store();
      const [first, second, others] = [signIn(one, "1", 1), signIn(one, "2", 2), signIn(other, "3", 2)];
      await signIns.create(first, "hash-1");
      await signIns.create(second, "hash-2");
      await signIns.create(others, "hash-3");
      expect(await signIns.findByTokenHash("hash-1", 100)).toEqual({ signIn: first, account: one });
      expect(await signIns.findByTokenHash("hash-1", 101)).toBeNull();
      expect(await signIns.list(one.id, 3)).toEqual([second, first]);
      expect(await signIns.end(one.id, others.id)).toMatchObject({ code: "not-found" });
      await signIns.endAll(one.id, second.id);
      expect(await signIns.list(one.id, 3)).toEqual([second]);
      expect(await signIns.end(one.id, second.id)).toEqual({ ok: true });
      expect(await signIns.findByTokenHash("hash-2", 3)).toBeNull();
      expect(await signIns.findByTokenHash("hash-3", 3)).toMatchObject({ signIn: others });
    });

    it("ST22 counts a second factor once it is confirmed, a step and a recovery code once", async () => {
      const { id } = await open("1");
      const { secondFactors } = store();
      const confirmation = { step: 7, codeHashes: ["a", "b"], at: 5 };
      expect(await secondFactors.confirm(id, confirmation)).toMatchObject({ code: "conflict" });
      expect(await secondFactors.propose(id, "AAAA")).toEqual({ ok: true });
      expect(await secondFactors.propose(id, "BBBB")).toEqual({ ok: true });
      expect(await secondFactors.find(id)).toEqual({ secret: "BBBB", confirmedAt: null });
      expect(await store().accounts.find(id)).toMatchObject({ hasSecondFactor: false });
      expect(await secondFactors.confirm(id, confirmation)).toEqual({ ok: true });
      expect(await secondFactors.propose(id, "CCCC")).toMatchObject({ code: "conflict" });
      expect(await store().accounts.find(id)).toMatchObject({ hasSecondFactor: true });
      expect(await secondFactors.useStep(id, 7)).toBe(false);
      const twice = await Promise.all([secondFactors.useStep(id, 8), secondFactors.useStep(id, 8)]);
      expect(twice.toSorted()).toEqual([false, true]);
      expect(await secondFactors.useRecoveryCode(id, "a")).toBe(true);
      expect(await secondFactors.useRecoveryCode(id, "a")).toBe(false);
      expect(await secondFactors.recoveryCodesLeft(id)).toBe(1);
      await secondFactors.remove(id);
      expect(await secondFactors.find(id)).toBeNull();
      expect(await secondFactors.recoveryCodesLeft(id)).toBe(0);
    });
  });
}
