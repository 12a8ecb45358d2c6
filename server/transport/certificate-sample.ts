import type { IssuerFacts } from "../protocol/issuer.ts";
import type { CertificatePdfInput } from "../reports/certificate-pdf.ts";

const DAY_MS = 86_400_000;

/** A certificate of nobody, whose QR code leads to no certificate, for who wants to see the layout. */
export function sampleCertificate(
  issuer: IssuerFacts | null,
  publicUrl: string,
  now: number,
): Omit<CertificatePdfInput, "logo"> {
  const code = "XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX";
  return {
    number: "CONTOH/0001",
    code,
    verifyUrl: `${publicUrl}/verify/${code}`,
    issuedAt: now,
    facts: {
      name: "Nama Peserta, S.Kom., M.Si.",
      externalId: "198705122010011001",
      institution: "Nama Instansi Peserta",
      programme: { code: "CONTOH", title: "Judul Program Pelatihan" },
      jp: 20,
      units: Array.from({ length: 5 }, (_, i) => ({
        code: `M${i + 1}`,
        title: `Mata pelatihan ${i + 1}`,
        jp: 4,
      })),
      heldFrom: now - 4 * DAY_MS,
      heldTo: now,
      timeZone: "Asia/Jakarta",
      issuer,
      policyVersion: 1,
    },
  };
}
