import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import {
  type CertificateNumbering,
  certificateNumberFrom,
  numberTemplateSchema,
} from "../../../server/protocol/certificate-number.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";

const PARTS = [
  ["{number}", "numbering.part.number"],
  ["{number:6}", "numbering.part.number6"],
  ["{programme}", "numbering.part.programme"],
  ["{year}", "numbering.part.year"],
  ["{month}", "numbering.part.month"],
  ["{month-roman}", "numbering.part.monthRoman"],
] as const;

/** The template of a programme's numbers, with the next number as one types. */
export function NumberingDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const resource = useResource(code, () => adminApi.numbering(code));
  const isBusy = useSignal(false);
  return (
    <Dialog
      title={t("numbering.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="certificate-numbering" tone="primary" disabled={isBusy.value}>
            {isBusy.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <Loaded of={resource}>
        {(numbering) => (
          <NumberingForm
            code={code}
            numbering={numbering}
            onBusy={(busy) => {
              isBusy.value = busy;
            }}
            onSaved={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  );
}

interface NumberingFormProps {
  readonly code: string;
  readonly numbering: CertificateNumbering;
  readonly onBusy: (isBusy: boolean) => void;
  readonly onSaved: () => void;
}

function NumberingForm({ code, numbering, onBusy, onSaved }: NumberingFormProps) {
  const template = useSignal(numbering.template);
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const parsed = numberTemplateSchema.safeParse(template.value);
  const next = parsed.success
    ? certificateNumberFrom(parsed.data, {
        sequence: numbering.nextSequence,
        programme: code,
        at: Date.now(),
        timeZone: numbering.timeZone,
      })
    : null;
  const save = async () => {
    if (!parsed.success) return focusFirstError(form.current);
    onBusy(true);
    const answer = await adminApi.changeNumbering(code, parsed.data);
    onBusy(false);
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("numbering.saved") });
    onSaved();
  };
  return (
    <form
      ref={form}
      id="certificate-numbering"
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p>{t("numbering.text")}</p>
      <TextField
        label={t("numbering.template")}
        error={next === null ? t("numbering.error") : undefined}
        value={template.value}
        onValue={(value) => {
          template.value = value;
        }}
      />
      <p class="numbering-next figures" role="status">
        {next !== null && t("numbering.next", { next })}
      </p>
      <dl class="numbering-parts">
        {PARTS.map(([part, words]) => (
          <div key={part}>
            <dt>
              <code>{part}</code>
            </dt>
            <dd class="soft">{t(words)}</dd>
          </div>
        ))}
      </dl>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
    </form>
  );
}
