import { CONSENT_VERSION, consentParagraphs } from "../../server/protocol/consent-text.ts";
import { language } from "../i18n/language.ts";
import "./consent.css";

/** What one is told before one answers, word for word as it is hashed. */
export function ConsentText({ keptDays }: { keptDays: number }) {
  const paragraphs = consentParagraphs(CONSENT_VERSION, language.value, keptDays) ?? [];
  return (
    <ul class="consent-text">
      {paragraphs.map((paragraph) => {
        const colon = paragraph.indexOf(":") + 1;
        return (
          <li key={paragraph}>
            <strong>{paragraph.slice(0, colon)}</strong>
            {paragraph.slice(colon)}
          </li>
        );
      })}
    </ul>
  );
}

/** An answer to the text as it is shown now. */
export function answerNow(isGiven: boolean, keptDays: number) {
  return { isGiven, textVersion: CONSENT_VERSION, language: language.peek(), keptDays };
}
