import type { idVerify } from "../id/verify.ts";
import type { EnglishOf } from "../translate.ts";

export const enVerify: EnglishOf<typeof idVerify> = {
  "verify.title": "Check a certificate",
  "verify.code": "Certificate code",
  "verify.hint": "The code is printed at the foot of the certificate.",
  "verify.check": "Check",
  "verify.looking": "Checking…",
  "verify.valid": "This certificate is valid",
  "verify.revoked": "This certificate has been revoked",
  "verify.revoked.text": "Revoked on {date}: {reason}",
  "verify.erased": "The data of this certificate's holder were erased",
  "verify.erased.text":
    "A certificate with this code was issued, but its holder's data were erased on {date}. It therefore no longer counts.",
  "verify.unknown": "There is no certificate with this code. Check the code again.",
  "verify.name": "Name",
  "verify.institution": "Institution",
  "verify.programme": "Programme",
  "verify.held": "Held",
  "verify.jp": "Teaching hours (JP)",
  "verify.issuer": "Issuer",
  "verify.signer": "Signed by",
  "verify.number": "Number",
  "verify.issued": "Issued",
  "verify.units": "Units",
  "verify.unit.jp": "{jp} JP",
};
