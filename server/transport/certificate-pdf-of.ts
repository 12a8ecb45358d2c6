import type { Certificate, Logo, Store } from "../ports.ts";
import { pdfFrom } from "../reports/pdf-from.ts";
import { certificateJson } from "./certificate-issue.ts";

/** Certificates as one PDF, each with the logo that it was issued with. */
export async function certificatePdfOf(
  store: Store,
  publicUrl: string,
  certificates: readonly Certificate[],
): Promise<Buffer> {
  const hashes = new Set(certificates.flatMap(({ facts }) => facts.issuer?.logo ?? []));
  const logos = new Map<string, string>();
  for (const hash of hashes) {
    const logo = await store.issuer.logo(hash);
    if (logo) logos.set(hash, dataAddressOf(logo));
  }
  const input = certificates.map((certificate) => {
    const { number, code, verifyUrl, issuedAt, facts } = certificateJson(certificate, publicUrl);
    return { number, code, verifyUrl, issuedAt, facts, logo: logos.get(facts.issuer?.logo ?? "") ?? null };
  });
  return await pdfFrom({ kind: "certificates", input });
}

/** A picture as the PDF's maker takes it. */
export function dataAddressOf({ type, bytes }: Logo): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}
