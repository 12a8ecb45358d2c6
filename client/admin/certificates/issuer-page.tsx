import "./certificates.css";
import { useSignal } from "@preact/signals";
import { Eye, Trash2, Upload } from "lucide";
import { useRef } from "preact/hooks";
import { type IssuerJson, LOGO_TYPES, MAX_LOGO_BYTES } from "../../../server/protocol/issuer.ts";
import type { Answer } from "../../http/request-json.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";

/** Who issues certificates, who signs them, and the logo. */
export function IssuerPage() {
  const resource = useResource("issuer", adminApi.issuer);
  return (
    <Loaded of={resource} title={t("issuer.title")}>
      {(issuer) => (
        <>
          <PageHead
            title={t("issuer.title")}
            lead={t("issuer.lead")}
            actions={
              <a class="button" href={adminApi.certificateSample()} target="_blank" rel="noreferrer">
                <Icon of={Eye} />
                {t("issuer.sample")}
              </a>
            }
          />
          <div class="panels">
            <IssuerForm issuer={issuer} onSaved={resource.reload} />
            <LogoPanel issuer={issuer} onSaved={resource.reload} />
          </div>
        </>
      )}
    </Loaded>
  );
}

interface PartProps {
  readonly issuer: IssuerJson;
  readonly onSaved: () => Promise<void>;
}

const FIELDS = ["name", "city", "signerName", "signerTitle", "signerNip"] as const;
type IssuerDraft = Record<(typeof FIELDS)[number], string>;

function IssuerForm({ issuer, onSaved }: PartProps) {
  const draft = useSignal<IssuerDraft>({
    name: issuer.name ?? "",
    city: issuer.city ?? "",
    signerName: issuer.signerName ?? "",
    signerTitle: issuer.signerTitle ?? "",
    signerNip: issuer.signerNip ?? "",
  });
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const show = (found: ReadonlyMap<string, string>) => {
    errors.value = found;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    failure.value = null;
    if (draft.value.name.trim() === "") return show(new Map([["name", t("field.required")]]));
    isSaving.value = true;
    const trimmed = Object.fromEntries(FIELDS.map((name) => [name, draft.value[name].trim()]));
    const answer = await adminApi.changeIssuer({ ...draft.value, ...trimmed });
    isSaving.value = false;
    show(answer.ok ? new Map() : fieldErrorsFrom(answer.errors));
    if (!answer.ok) {
      failure.value = errors.value.size > 0 ? t("form.check") : errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("issuer.saved") });
    await onSaved();
  };
  const field = (name: keyof IssuerDraft) => (
    <TextField
      label={t(`issuer.${name}`)}
      isOptional={name !== "name"}
      error={errors.value.get(name)}
      value={draft.value[name]}
      onValue={(value) => {
        draft.value = { ...draft.value, [name]: value };
      }}
    />
  );
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("issuer.body")}</h2>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {field("name")}
        {field("city")}
        <h3>{t("issuer.signer")}</h3>
        {field("signerName")}
        {field("signerTitle")}
        {field("signerNip")}
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        <div class="panel-foot">
          <Button type="submit" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </div>
      </form>
    </section>
  );
}

function LogoPanel({ issuer, onSaved }: PartProps) {
  const failure = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const finish = async (answer: Answer<IssuerJson>, words: "issuer.logo.saved" | "issuer.logo.removed") => {
    if (!answer.ok) {
      const isBad = answer.code === "bad-request" || answer.code === "unsupported-media-type";
      failure.value = isBad ? t("issuer.logo.bad") : errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t(words) });
    await onSaved();
  };
  const upload = async (file: File | undefined) => {
    failure.value = null;
    if (!file) return;
    if (file.size > MAX_LOGO_BYTES) {
      failure.value = t("issuer.logo.large");
      return;
    }
    await finish(await adminApi.changeLogo(file), "issuer.logo.saved");
  };
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("issuer.logo")}</h2>
      {issuer.logo && (
        <img key={issuer.logo} class="issuer-logo" src={adminApi.logoFile()} alt={t("issuer.logo.alt")} />
      )}
      <p class="soft">{t(issuer.name === null ? "issuer.logo.first" : "issuer.logo.text")}</p>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        accept={LOGO_TYPES.join(",")}
        aria-label={t("issuer.logo.choose")}
        tabIndex={-1}
        onChange={(event) => {
          upload(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <div class="panel-foot">
        <Button icon={Upload} disabled={issuer.name === null} onClick={() => input.current?.click()}>
          {t("issuer.logo.choose")}
        </Button>
        {issuer.logo && (
          <Button
            icon={Trash2}
            onClick={async () => finish(await adminApi.removeLogo(), "issuer.logo.removed")}
          >
            {t("issuer.logo.remove")}
          </Button>
        )}
      </div>
    </section>
  );
}
