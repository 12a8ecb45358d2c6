import { randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { tokenHashOf } from "./token.ts";

const PERIOD_S = 30;
/** A clock may be one step off, either way. */
const WINDOW = 1;
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const RECOVERY_CODES = 10;

function totpFrom(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: "Balai",
    label: email,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });
}

/** 160 random bits in base32, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from a QR code. */
export function totpUriFrom(secret: string, email: string): string {
  return totpFrom(secret, email).toString();
}

/** The time step (RFC 6238) for which this is the code, one step early or late included; null for a wrong code. */
export function totpStepOf(secret: string, code: string, at: number): number | null {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpFrom(secret, "").validate({ token, window: WINDOW, timestamp: at });
  return delta === null ? null : Math.floor(at / (PERIOD_S * 1000)) + delta;
}

/** Ten codes of 49 bits, `abcde-fghjk`, without letters that are mistaken for each other. */
export function newRecoveryCodes(): readonly string[] {
  const part = () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: RECOVERY_CODES }, () => `${part()}-${part()}`);
}

/** How a recovery code is kept, however it was typed. */
export function recoveryCodeHashOf(code: string): string {
  return tokenHashOf(code.toLowerCase().replace(/[^0-9a-z]/g, ""));
}
