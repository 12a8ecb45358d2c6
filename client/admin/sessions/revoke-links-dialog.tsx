import { useSignal } from "@preact/signals";
import { formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import type { LinkRow } from "./link-rows.ts";
import { forgetLinks } from "./made-links.ts";

interface RevokeLinksDialogProps {
  readonly sessionId: string;
  /** Whose links are revoked. */
  readonly rows: readonly LinkRow[];
  /** These are all: then also the links of who is no longer of the session. */
  readonly isEverybody: boolean;
  readonly onClose: () => void;
  readonly onChange: () => Promise<void>;
}

/** Asks once more, and withdraws all links of one person or of many. */
export function RevokeLinksDialog(props: RevokeLinksDialogProps) {
  const { sessionId, rows, isEverybody, onClose, onChange } = props;
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const [only] = rows.length === 1 ? rows : [];
  const count = formatNumber(rows.length);
  const revoke = async () => {
    isBusy.value = true;
    const linkIds = rows.flatMap(({ active }) => active.map(({ id }) => id));
    const answer = await adminApi.revokeLinks(isEverybody ? { sessionId } : { linkIds });
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    forgetLinks(
      sessionId,
      rows.map(({ id }) => id),
    );
    const text = only ? t("links.revoked", { name: only.name }) : t("links.revokedMany", { count });
    showToast({ tone: "good", text });
    onClose();
    await onChange();
  };
  return (
    <Dialog
      title={only ? t("links.revoke.title", { name: only.name }) : t("links.revokeMany.title", { count })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button tone="trouble" disabled={isBusy.value} onClick={revoke}>
            {t("links.revoke")}
          </Button>
        </>
      }
    >
      <div class="form">
        <p>{t(only ? "links.revoke.text" : "links.revokeMany.text")}</p>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </div>
    </Dialog>
  );
}
