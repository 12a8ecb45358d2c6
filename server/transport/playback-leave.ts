import { createHmac, timingSafeEqual } from "node:crypto";
import type { RecordingId } from "../protocol/ids.ts";

/** How long the addresses of a recording's files count; a player renews them before. */
export const LEAVE_MS = 5 * 60_000;

/** Whose leave it is to fetch which recording's files. */
export interface LeaveHolder {
  readonly recordingId: RecordingId;
  /** The sign-in or link of who watches: another browser does not have its cookie. */
  readonly credential: string;
}

/** `expiresAt.signature`: for an address, where it counts until then (epoch ms) and for this holder alone. */
export function leaveFrom(secret: string, holder: LeaveHolder, expiresAt: number): string {
  return `${expiresAt}.${signatureOf(secret, holder, expiresAt).toString("base64url")}`;
}

/** Whether a leave is one that we gave to this holder, and still counts. */
export function isLeave(secret: string, holder: LeaveHolder, given: string, now: number): boolean {
  const parts = /^(\d{1,15})\.([\w-]{43})$/.exec(given);
  if (!parts) return false;
  const expiresAt = Number(parts[1]);
  const signature = Buffer.from(parts[2] ?? "", "base64url");
  const expected = signatureOf(secret, holder, expiresAt);
  return signature.length === expected.length && timingSafeEqual(signature, expected) && now < expiresAt;
}

function signatureOf(secret: string, { recordingId, credential }: LeaveHolder, expiresAt: number): Buffer {
  const text = `balai-leave:${recordingId}:${credential}:${expiresAt}`;
  return createHmac("sha256", secret).update(text).digest();
}
