import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OwnConsent } from "../../server/protocol/recording-office.ts";
import { fetchOwnConsent, withdrawConsent } from "../http/join-api.ts";
import { formatShortDate } from "../i18n/format.ts";
import { t as common, errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { t } from "./recording-rights-words.ts";

/** RO14: what one agreed to, and taking it back after the class; nothing where nothing was recorded of one. */
export function OwnConsentPart({ linkId, timeZone }: { linkId: string; timeZone: string }) {
  const consent = useSignal<OwnConsent | null>(null);
  const isAsking = useSignal(false);
  const load = async () => {
    const answer = await fetchOwnConsent(linkId);
    if (answer.ok) consent.value = answer.data;
  };
  useEffect(() => void load(), [linkId]);
  const own = consent.value;
  if (!own?.wasGiven || own.recordings === 0) return null;
  return (
    <section class="own" aria-labelledby="own-consent-title">
      <h2 id="own-consent-title" class="own-title">
        {t("ownConsent.title")}
      </h2>
      <p>{stateText(own, timeZone)}</p>
      {own.withdrawnAt === null && (
        <>
          <p class="soft small">{t("ownConsent.explain")}</p>
          <Button
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {t("ownConsent.withdraw")}
          </Button>
        </>
      )}
      {isAsking.value && (
        <WithdrawDialog
          linkId={linkId}
          onDone={load}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </section>
  );
}

function stateText(own: OwnConsent, timeZone: string): string {
  const { withdrawnAt, isRemoved, answeredAt, isGiven, keptUntil } = own;
  const date = formatShortDate(withdrawnAt ?? answeredAt ?? 0, timeZone);
  if (withdrawnAt !== null) return t(isRemoved ? "ownConsent.done" : "ownConsent.waiting", { date });
  const key = isGiven ? "ownConsent.given" : "ownConsent.refusedLater";
  if (keptUntil === null) return t(`${key}.running`, { date });
  return t(key, { date, until: formatShortDate(keptUntil, timeZone) });
}

function WithdrawDialog(props: { linkId: string; onDone: () => Promise<void>; onClose: () => void }) {
  const { linkId, onDone, onClose } = props;
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const withdraw = async () => {
    isBusy.value = true;
    const answer = await withdrawConsent(linkId);
    isBusy.value = false;
    failure.value = answer.ok ? null : errorText(answer.code);
    if (!answer.ok) return;
    await onDone();
    onClose();
  };
  return (
    <Dialog
      title={t("ownConsent.confirm.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button tone="trouble" disabled={isBusy.value} onClick={() => void withdraw()}>
            {t("ownConsent.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("ownConsent.explain")}</p>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
    </Dialog>
  );
}
