import { useSignal } from "@preact/signals";
import { Disc } from "lucide";
import { answerConsent } from "../http/join-api.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { answerNow, ConsentText } from "./consent-text.tsx";

/** Told before one joins: that the class is recorded, and the question whether one may be. */
export function JoinConsent(props: { linkId: string; consent: boolean | null; keptDays: number }) {
  const { linkId, consent, keptDays } = props;
  const given = useSignal(consent);
  const trouble = useSignal<string | null>(null);
  const answer = async (isGiven: boolean) => {
    const sent = await answerConsent(linkId, answerNow(isGiven, keptDays));
    trouble.value = sent.ok ? null : errorText(sent.code);
    if (sent.ok) given.value = isGiven;
  };
  return (
    <section class="consent-join" aria-labelledby="consent-join-title">
      <h3 id="consent-join-title">
        <Icon of={Disc} />
        {t("consent.title")}
      </h3>
      <p class="small soft">{t("consent.join")}</p>
      <details>
        <summary>{t("consent.question")}</summary>
        <div class="consent-question">
          <ConsentText keptDays={keptDays} />
          <div class="consent-buttons">
            <Button aria-pressed={given.value === false} onClick={() => void answer(false)}>
              {t("consent.no")}
            </Button>
            <Button aria-pressed={given.value === true} onClick={() => void answer(true)}>
              {t("consent.yes")}
            </Button>
          </div>
        </div>
      </details>
      <p class="small" role="status">
        {given.value === null && t("consent.now.none")}
        {given.value === true && t("consent.now.yes")}
        {given.value === false && t("consent.now.no")}
      </p>
      {trouble.value && <Notice tone="trouble">{trouble.value}</Notice>}
    </section>
  );
}
