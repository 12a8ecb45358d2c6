import type { CertificateJson } from "../protocol/certificates.ts";
import { drawCertificateBack } from "./certificate-back.ts";
import { drawCertificateFront } from "./certificate-front.ts";
import { createPdf } from "./pdf-document.ts";

/** What a certificate's pages are drawn of. */
export interface CertificatePdfInput
  extends Pick<CertificateJson, "number" | "code" | "verifyUrl" | "issuedAt" | "facts"> {
  /** A PNG or JPEG as a `data:` address. */
  readonly logo: string | null;
}

/** Certificates to print, one after the other: A4 in landscape, the units with their JP on the back of each. */
export async function certificatesPdf(
  certificates: readonly CertificatePdfInput[],
): Promise<Uint8Array<ArrayBuffer>> {
  const [first, second] = certificates;
  const title = first && !second ? `Sertifikat ${first.number}` : "Sertifikat";
  const { pdf, finish } = createPdf(title, false);
  certificates.forEach((certificate, i) => {
    if (i > 0) pdf.addPage();
    drawCertificateFront(pdf, certificate);
    pdf.addPage();
    drawCertificateBack(pdf, certificate);
  });
  return await finish();
}
