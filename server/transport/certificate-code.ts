import { randomBytes } from "node:crypto";
import { CERTIFICATE_CODE } from "../protocol/certificates.ts";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;

/** 128 random bits in Crockford's base 32, grouped for people who type them: `7K3QH-…`. */
export function newCertificateCode(): string {
  let bits = BigInt(`0x${randomBytes(16).toString("hex")}`);
  let code = "";
  for (let i = 0; i < LENGTH; i++) {
    code = LETTERS[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return grouped(code);
}

/** A code as people type it: any case, any dashes and blanks, O for 0, I and L for 1; null if it can be none. */
export function certificateCodeFrom(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const code = grouped(letters);
  return CERTIFICATE_CODE.test(code) ? code : null;
}

function grouped(letters: string): string {
  const ends = [5, 10, 15, 20];
  return [0, ...ends].map((start, i) => letters.slice(start, ends[i])).join("-");
}
