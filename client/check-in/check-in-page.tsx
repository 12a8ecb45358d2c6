import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CheckedInJson } from "../../server/protocol/api-rulings.ts";
import { type Answer, requestJson } from "../http/request-json.ts";
import { enCheckIn } from "../i18n/en/check-in.ts";
import { idCheckIn } from "../i18n/id/check-in.ts";
import { errorText } from "../i18n/t.ts";
import { createTranslate } from "../i18n/translate.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { PlainPage } from "../ui/page.tsx";

const t = createTranslate({ id: idCheckIn, en: enCheckIn });

/** What a phone shows that scanned the hall's QR code: whether its owner is checked in. */
export function CheckInPage() {
  const answer = useSignal<Answer<CheckedInJson> | null>(null);
  const send = async () => {
    answer.value = null;
    const sessionId = location.pathname.split("/")[2] ?? "";
    answer.value = await requestJson<CheckedInJson>(`/api/v1/sessions/${sessionId}/check-in`, {
      method: "POST",
      body: { code: location.hash.slice(1) },
    });
  };
  useEffect(() => {
    send();
    // A phone that scans again may only change the fragment of the page that it has open.
    addEventListener("hashchange", send);
    return () => removeEventListener("hashchange", send);
  }, []);
  const got = answer.value;
  if (got === null) return <PlainPage title={t("checkIn.sending")} />;
  if (!got.ok) {
    return (
      <PlainPage title={t("checkIn.failed")}>
        <Notice tone="trouble">
          {got.code === "unauthenticated" ? t("checkIn.noLink") : errorText(got.code)}
        </Notice>
        {got.code === "offline" && (
          <Button tone="primary" onClick={send}>
            {t("checkIn.retry")}
          </Button>
        )}
      </PlainPage>
    );
  }
  const { name, title, isNew, status } = got.data;
  const outcome = status !== "present" ? "otherwise" : isNew ? "done" : "already";
  return (
    <PlainPage title={t(`checkIn.${outcome}`)}>
      <Notice tone={outcome === "otherwise" ? "wait" : "good"}>
        {outcome === "done"
          ? t("checkIn.done.text", { name, session: title })
          : t(`checkIn.${outcome}.text`, { name })}
      </Notice>
    </PlainPage>
  );
}
