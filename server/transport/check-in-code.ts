import { createHmac, timingSafeEqual } from "node:crypto";

/** How long a code stands on the hall's screen; the one before it is still good (CI1). */
export const CHECK_IN_STEP_MS = 30_000;

/** The code of a session for a step of 30 seconds: 96 bits of an HMAC, in base64url. */
function codeOf(secret: string, sessionId: string, step: number): string {
  const signature = createHmac("sha256", secret).update(`balai-check-in:${sessionId}:${step}`).digest();
  return signature.subarray(0, 12).toString("base64url");
}

const stepAt = (now: number) => Math.floor(now / CHECK_IN_STEP_MS);

/** The code that is shown now, and when the next one takes its place (epoch ms). */
export function checkInCodeAt(secret: string, sessionId: string, now: number) {
  const step = stepAt(now);
  return { code: codeOf(secret, sessionId, step), changesAt: (step + 1) * CHECK_IN_STEP_MS };
}

/** Whether a code is the one of this step or of the one before. */
export function isCheckInCode(secret: string, sessionId: string, code: string, now: number): boolean {
  const given = Buffer.from(code);
  return [stepAt(now), stepAt(now) - 1].some((step) => {
    const expected = Buffer.from(codeOf(secret, sessionId, step));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
