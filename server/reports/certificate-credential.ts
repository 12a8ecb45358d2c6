import type { Certificate, Signer } from "../ports.ts";
import { signJws } from "./jws.ts";

/**
 * What a certificate states as an Open Badges 3.0 credential, secured as a JWT (section 8.2: `iss`, `jti`, `sub`
 * and `nbf` beside the credential's own fields). The person's number and institution stay out of it.
 */
export async function credentialFrom(
  certificate: Omit<Certificate, "credential">,
  publicUrl: string,
  signer: Signer,
): Promise<string> {
  const { facts, number, enrolmentId, programmeId, issuedAt } = certificate;
  const id = `${publicUrl}/verify/${certificate.code}`;
  const subject = `urn:balai:${enrolmentId}`;
  const issuer = {
    id: publicUrl,
    type: ["Profile"],
    name: facts.issuer?.name ?? new URL(publicUrl).host,
    url: publicUrl,
  };
  const credential = {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    id,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: facts.programme.title,
    issuer,
    validFrom: new Date(issuedAt).toISOString(),
    credentialSubject: {
      id: subject,
      type: ["AchievementSubject"],
      identifier: [{ type: "IdentityObject", hashed: false, identityType: "name", identityHash: facts.name }],
      creditsEarned: facts.jp,
      activityStartDate: new Date(facts.heldFrom).toISOString(),
      activityEndDate: new Date(facts.heldTo).toISOString(),
      achievement: {
        id: `urn:balai:${programmeId}`,
        type: ["Achievement"],
        achievementType: "Certificate",
        humanCode: facts.programme.code,
        name: facts.programme.title,
        description: facts.units.map(({ title, jp }) => `${title}: ${jp} JP`).join("; "),
        criteria: { narrative: "Memenuhi semua syarat kelulusan pelatihan." },
      },
    },
    evidence: [{ id, type: ["Evidence"], name: number }],
  };
  const claims = { ...credential, iss: publicUrl, jti: id, sub: subject, nbf: Math.floor(issuedAt / 1000) };
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  const jws = await signJws(payload, { typ: "JWT" }, signer);
  return `${jws.header}.${jws.payload}.${jws.signature}`;
}
