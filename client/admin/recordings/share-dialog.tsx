import { useSignal } from "@preact/signals";
import { Copy, Link } from "lucide";
import { useId, useRef } from "preact/hooks";
import type { RecordingLinkJson } from "../../../server/protocol/recording-office.ts";
import { formatShortDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { copyText } from "../copy-text.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { useResource } from "../resource.ts";
import type { RecordingDialogProps } from "./recording-dialog-props.ts";
import { dateValue, endOfDay } from "./recording-words.ts";

/** A link is offered for so long, where the recording is kept that long. */
const OFFERED_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Makes links by which others watch a recording, and shows those that were made. */
export function ShareDialog({ recording, onClose, onChanged }: RecordingDialogProps) {
  const links = useResource(recording.id, () => adminApi.recordingLinks(recording.id));
  const url = useSignal<string | null>(null);
  const changed = async () => {
    onChanged();
    await links.reload();
  };
  return (
    <Dialog
      title={t("recordings.share.title")}
      isWide
      onClose={onClose}
      foot={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <div class="form">
        <p>{t("recordings.share.text")}</p>
        {url.value === null ? (
          <NewLink
            recording={recording}
            onMade={async (made) => {
              url.value = made;
              await changed();
            }}
          />
        ) : (
          <MadeAddress url={url.value} />
        )}
        <h3>{t("recordings.share.list")}</h3>
        {links.failure && <Notice tone="trouble">{errorText(links.failure.code)}</Notice>}
        {links.data?.items.length === 0 && <p class="soft">{t("recordings.share.none")}</p>}
        <ul class="share-list">
          {links.data?.items.map((link) => (
            <LinkLine key={link.id} link={link} onRevoked={changed} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function NewLink(
  props: Pick<RecordingDialogProps, "recording"> & { onMade: (url: string) => Promise<void> },
) {
  const { recording, onMade } = props;
  const now = Date.now();
  const most = recording.keptUntil ?? now + OFFERED_MS;
  const label = useSignal("");
  const until = useSignal(dateValue(Math.min(most, now + OFFERED_MS)));
  const errors = useSignal<{ readonly label?: string; readonly until?: string }>({});
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const date = formatShortDate(most, localZone);
  const make = async () => {
    const at = endOfDay(until.value);
    // The last day is over when the recording is.
    const expiresAt = at !== null && dateValue(at) === dateValue(most) ? Math.min(at, most) : at;
    const isGood = expiresAt !== null && expiresAt > Date.now() && expiresAt <= most;
    errors.value = {
      ...(label.value.trim() === "" ? { label: t("field.required") } : {}),
      ...(isGood ? {} : { until: t("recordings.share.until.bad", { date }) }),
    };
    if (expiresAt === null || Object.keys(errors.value).length > 0) return focusFirstError(form.current);
    isBusy.value = true;
    const answer = await adminApi.shareRecording(recording.id, { label: label.value, expiresAt });
    isBusy.value = false;
    failure.value = answer.ok ? null : errorText(answer.code);
    if (answer.ok) await onMade(answer.data.url);
  };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <TextField
        label={t("recordings.share.label")}
        hint={t("recordings.share.label.hint")}
        value={label.value}
        error={errors.value.label}
        onValue={(value) => {
          label.value = value;
        }}
      />
      <TextField
        type="date"
        label={t("recordings.share.until")}
        hint={t("recordings.share.until.hint", { date })}
        value={until.value}
        error={errors.value.until}
        onValue={(value) => {
          until.value = value;
        }}
      />
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="panel-foot">
        <Button type="submit" tone="primary" icon={Link} disabled={isBusy.value}>
          {t("recordings.share.make")}
        </Button>
      </div>
    </form>
  );
}

function MadeAddress({ url }: { url: string }) {
  const id = useId();
  return (
    <Notice tone="good">
      <p>{t("recordings.share.made")}</p>
      <div class="field">
        <label class="field-label" for={id}>
          {t("recordings.share.address")}
        </label>
        <div class="share-address">
          <input
            id={id}
            class="input figures"
            readOnly
            value={url}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button icon={Copy} tone="primary" onClick={() => copyText(url, t("recordings.share.copied"))}>
            {t("recordings.share.copy")}
          </Button>
        </div>
      </div>
    </Notice>
  );
}

function LinkLine({ link, onRevoked }: { link: RecordingLinkJson; onRevoked: () => Promise<void> }) {
  const now = useNow(MINUTE_MS);
  const { id, label, expiresAt, revokedAt, viewCount, lastViewedAt } = link;
  const isOpen = revokedAt === null && expiresAt > now;
  const date = formatShortDate(revokedAt ?? expiresAt, localZone);
  const state = revokedAt !== null ? "revoked" : isOpen ? "open" : "over";
  const views =
    lastViewedAt === null
      ? t("recordings.share.views.none")
      : t("recordings.share.views", { count: viewCount, when: formatShortDate(lastViewedAt, localZone) });
  const revoke = async () => {
    const answer = await adminApi.revokeRecordingLink(id);
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    showToast({ tone: "good", text: t("recordings.share.revokeDone") });
    await onRevoked();
  };
  return (
    <li>
      <div>
        <strong>{label}</strong>
        <span class="row-note">
          {t(`recordings.share.${state}`, { date })} · {views}
        </span>
      </div>
      {isOpen && (
        <Button aria-label={t("recordings.share.revoke.for", { label })} onClick={revoke}>
          {t("recordings.share.revoke")}
        </Button>
      )}
    </li>
  );
}
