import { createHash } from "node:crypto";
import { consentText } from "../protocol/consent-text.ts";
import type { ConsentAnswer } from "../protocol/recordings.ts";

/** The SHA-256 (lowercase hex) of the text that an answer is to; null where there never was such a text. */
export function consentHash({ textVersion, language, keptDays }: ConsentAnswer): string | null {
  const text = consentText(textVersion, language, keptDays ?? null);
  return text === null ? null : createHash("sha256").update(text, "utf8").digest("hex");
}
