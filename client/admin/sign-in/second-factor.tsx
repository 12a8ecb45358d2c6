import "./sign-in.css";
import { useSignal } from "@preact/signals";
import { Copy, Download } from "lucide";
import { useRef } from "preact/hooks";
import { QrCode } from "../../check-in-screen/qr-code.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainPage } from "../../ui/page.tsx";
import { Toasts } from "../../ui/toasts.tsx";
import { adminApi, signedIn } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { copyText } from "../copy-text.ts";
import { saveFile } from "../csv-file.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { failureText } from "./sign-in-page.tsx";

/** An administrator who came by password sees nothing else before this is done. */
export function SecondFactorPage({ onDone }: { onDone: () => Promise<void> }) {
  const signOut = async () => {
    await adminApi.signOut();
    signedIn.value = null;
  };
  return (
    <PlainPage title={t("factor.title")}>
      <p>{t("factor.must")}</p>
      <SecondFactorSetUp onDone={onDone} />
      <div>
        <Button tone="quiet" onClick={signOut}>
          {t("admin.signOut")}
        </Button>
      </div>
      <Toasts />
    </PlainPage>
  );
}

/** The QR code, a code to confirm it, then the recovery codes, once. */
export function SecondFactorSetUp({ onDone }: { onDone: () => Promise<void> }) {
  const proposal = useResource("second-factor", adminApi.proposeSecondFactor);
  const code = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const recoveryCodes = useSignal<readonly string[] | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const confirm = async () => {
    const answer = await adminApi.confirmSecondFactor(code.value);
    if (answer.ok) {
      recoveryCodes.value = answer.data.recoveryCodes;
      return;
    }
    error.value = fieldErrorsFrom(answer.errors).get("code");
    failure.value = error.value ? null : failureText(answer);
    focusFirstError(form.current);
  };
  if (recoveryCodes.value) return <RecoveryCodes codes={recoveryCodes.value} onDone={onDone} />;
  return (
    <Loaded of={proposal}>
      {({ secret, uri }) => (
        <form
          ref={form}
          class="factor"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            confirm();
          }}
        >
          <p>{t("factor.scan")}</p>
          <div class="factor-code">
            <QrCode text={uri} label={t("factor.qr")} />
          </div>
          <div>
            <span class="field-label">{t("factor.secret")}</span>
            <div class="factor-secret figures">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</div>
          </div>
          <TextField
            label={t("factor.code")}
            hint={t("factor.code.hint")}
            error={error.value}
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            value={code.value}
            onValue={(value) => {
              code.value = value;
            }}
          />
          {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
          <div>
            <Button type="submit" tone="primary">
              {t("factor.confirm")}
            </Button>
          </div>
        </form>
      )}
    </Loaded>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => Promise<void> }) {
  return (
    <div class="factor">
      <h2>{t("recovery.title")}</h2>
      <p>{t("recovery.text")}</p>
      <ul class="recovery-codes">
        {codes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <div class="button-row">
        <Button icon={Copy} onClick={() => copyText(codes.join("\n"), t("recovery.copied"))}>
          {t("recovery.copy")}
        </Button>
        <Button
          icon={Download}
          onClick={() => saveFile("balai-kode-pemulihan.txt", codes.join("\n"), "text/plain")}
        >
          {t("recovery.download")}
        </Button>
        <Button tone="primary" onClick={onDone}>
          {t("recovery.done")}
        </Button>
      </div>
    </div>
  );
}
