import { expect, it } from "vitest";
import type { Certificate, Store } from "../../server/ports.ts";
import { certificateIdSchema } from "../../server/protocol/ids.ts";
import { everything } from "./everything.ts";
import { enrolmentId, person, programme } from "./records.ts";

export function certificatesContract(store: () => Store): void {
  const one = programme("A1");
  const certificate = (sequence: number, who: string): Certificate => ({
    id: certificateIdSchema.parse(`crt_${sequence}`),
    programmeId: one.id,
    enrolmentId: enrolmentId(who),
    sequence,
    number: `${sequence}/A1`,
    code: `CODE-${sequence}`,
    facts: {
      name: "Ani",
      externalId: "1",
      institution: null,
      programme: { code: "A1", title: "A" },
      jp: 2.5,
      units: [{ code: "U", title: "U", jp: 2.5 }],
      heldFrom: 1_000,
      heldTo: 2_000,
      timeZone: "Asia/Jakarta",
      issuer: null,
      policyVersion: 3,
    },
    credential: "a.b.c",
    issuedBy: "adm_1",
    issuedAt: 1_785_900_000_000,
    revokedAt: null,
    revokedBy: null,
    revokedReason: null,
    erasedAt: null,
  });

  it("ST19 of each person one certificate is valid, numbers are given once, the first revocation counts", async () => {
    await store().programmes.create(one);
    await store().enrolments.put(one.id, [person("1", "Ani", "1"), person("2", "Budi", "2")], 1_000);
    const { certificates } = store();
    expect(await certificates.lastSequence(one.id)).toBe(0);
    const first = certificate(1, "1");
    expect(await certificates.create([first])).toEqual({ ok: true });
    for (const late of [[certificate(2, "2"), certificate(3, "1")], [certificate(1, "2")]]) {
      expect(await certificates.create(late)).toMatchObject({ ok: false, code: "conflict" });
    }
    expect(await certificates.lastSequence(one.id)).toBe(1);
    expect(await certificates.find(first.id)).toEqual(first);
    expect(await certificates.findByCode("CODE-1")).toEqual(first);
    expect(await certificates.findByCode("CODE-2")).toBeNull();
    await certificates.revoke(first.id, { reason: "Nama salah", by: "adm_1", at: 5_000 });
    const revoked = await certificates.revoke(first.id, { reason: "Lain", by: "adm_2", at: 6_000 });
    expect(revoked).toMatchObject({ ok: true, data: { revokedAt: 5_000, revokedReason: "Nama salah" } });
    await certificates.create([certificate(2, "1"), certificate(3, "2")]);
    expect((await certificates.validOf(enrolmentId("1")))?.sequence).toBe(2);
    expect(await certificates.validOf(enrolmentId("3"))).toBeNull();
    expect((await certificates.valid(one.id)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    const all = await everything(2, (page) => certificates.list(one.id, page));
    expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it("ST30 a programme keeps the template of its numbers, the installation its issuer and every logo", async () => {
    await store().programmes.create(one);
    const { certificates, issuer } = store();
    expect(await certificates.numberTemplate(one.id)).toBeNull();
    await certificates.changeNumberTemplate(one.id, "{number}/A");
    await certificates.changeNumberTemplate(one.id, "{number}/B");
    expect(await certificates.numberTemplate(one.id)).toBe("{number}/B");
    expect(await issuer.find()).toBeNull();
    const body = {
      name: "Balai",
      city: null,
      signerName: "Siti",
      signerTitle: null,
      signerNip: "1",
      logo: null,
    };
    await issuer.change(body);
    await issuer.change({ ...body, logo: "ab" });
    expect(await issuer.find()).toEqual({ ...body, logo: "ab" });
    const logo = { type: "image/png" as const, bytes: Buffer.from([1, 2, 255]) };
    await issuer.putLogo("ab", logo, 1_000);
    await issuer.putLogo("ab", logo, 2_000);
    expect(await issuer.logo("ab")).toEqual(logo);
    expect(await issuer.logo("cd")).toBeNull();
  });
}
