import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits in base64url: what stands in a join link, a sign-in link or an API key. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in lowercase hex: the only form in which a token is kept. */
export function tokenHashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export type CookiePurpose = "link" | "ticket" | "recording-link" | `device:${string}`;

/** What a cookie says: whose it is and until when (epoch ms). */
export interface SignedId {
  readonly id: string;
  readonly expiresAt: number;
}

function signatureOf(secret: string, purpose: CookiePurpose, text: string): Buffer {
  return createHmac("sha256", secret).update(`balai-cookie:${purpose}:${text}`).digest();
}

/** `id.expiresAt.signature`; the purpose is signed too, so that one kind of cookie never passes for another. */
export function signedValueFrom(secret: string, purpose: CookiePurpose, { id, expiresAt }: SignedId): string {
  const text = `${id}.${expiresAt}`;
  return `${text}.${signatureOf(secret, purpose, text).toString("base64url")}`;
}

/** What a signed value says, or null for one that we did not sign for this purpose. */
export function signedIdFrom(secret: string, purpose: CookiePurpose, value: string): SignedId | null {
  const parts = /^([A-Za-z]{3}_[0-9A-Za-z]{1,48})\.(\d{1,15})\.([\w-]{43})$/.exec(value);
  if (!parts) return null;
  const [, id = "", expiresAt = "", signature = ""] = parts;
  const expected = signatureOf(secret, purpose, `${id}.${expiresAt}`);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { id, expiresAt: Number(expiresAt) };
}
