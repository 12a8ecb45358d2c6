import "./accounts.css";
import { useSignal } from "@preact/signals";
import { KeyRound } from "lucide";
import { useRef } from "preact/hooks";
import type { AccountJson } from "../../../server/protocol/accounts.ts";
import { formatShortDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { type ApiKey, adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { allOf, useResource } from "../resource.ts";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { OnceShownDialog } from "./once-shown.tsx";

type Open =
  | { readonly dialog: "create" }
  | { readonly dialog: "made"; readonly name: string; readonly secret: string }
  | { readonly dialog: "revoke"; readonly key: ApiKey };

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Keys of programs: each is the person's who made it. */
export function ApiKeysPage() {
  const resource = useResource("api-keys", async () =>
    allOf<[readonly ApiKey[], readonly AccountJson[]]>(
      await Promise.all([adminApi.apiKeys(), adminApi.accounts()]),
    ),
  );
  const open = useSignal<Open | null>(null);
  const shown = open.value;
  const close = () => {
    open.value = null;
  };
  const create = canChange.value && (
    <Button
      tone="primary"
      icon={KeyRound}
      onClick={() => {
        open.value = { dialog: "create" };
      }}
    >
      {t("keys.create")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("keys.title")}
        above={[{ title: t("accounts.title"), href: adminPath.accounts() }]}
        lead={t("keys.lead")}
        actions={resource.data && resource.data[0].length > 0 && create}
      />
      <Loaded of={resource}>
        {([keys, accounts]) =>
          keys.length === 0 ? (
            <EmptyState title={t("keys.empty.title")} action={create}>
              {t("keys.empty.text")}
            </EmptyState>
          ) : (
            <KeysTable
              keys={keys}
              owners={new Map(accounts.map(({ id, name }) => [id, name]))}
              onRevoke={(key) => {
                open.value = { dialog: "revoke", key };
              }}
            />
          )
        }
      </Loaded>
      {shown?.dialog === "create" && (
        <CreateKeyDialog
          onClose={close}
          onMade={async (name, secret) => {
            open.value = { dialog: "made", name, secret };
            await resource.reload();
          }}
        />
      )}
      {shown?.dialog === "made" && (
        <OnceShownDialog
          title={t("keys.made.title", { name: shown.name })}
          text={t("keys.made.text")}
          label={t("keys.secret")}
          value={shown.secret}
          copy={t("keys.copy")}
          copied={t("keys.copied")}
          onClose={close}
        />
      )}
      {shown?.dialog === "revoke" && (
        <RevokeDialog apiKey={shown.key} onClose={close} onRevoked={resource.reload} />
      )}
    </>
  );
}

function KeysTable(props: {
  readonly keys: readonly ApiKey[];
  readonly owners: ReadonlyMap<string, string>;
  readonly onRevoke: (key: ApiKey) => void;
}) {
  const { keys, owners, onRevoke } = props;
  return (
    <section class="table-scroll" aria-label={t("keys.title")}>
      <table class="table table-cards accounts-table">
        <thead>
          <tr>
            <th scope="col">{t("keys.name")}</th>
            <th scope="col">{t("keys.scopes")}</th>
            <th scope="col">{t("keys.owner")}</th>
            <th scope="col">{t("keys.created")}</th>
            <th scope="col">{t("keys.state")}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td class="card-title">{key.name}</td>
              <td data-label={t("keys.scopes")}>
                {key.scopes.map((scope) => t(`keys.scope.${scope}`)).join(", ")}
              </td>
              <td data-label={t("keys.owner")}>
                {key.ownerId === null ? t("keys.owner.none") : (owners.get(key.ownerId) ?? key.ownerId)}
              </td>
              <td data-label={t("keys.created")}>{formatShortDate(key.createdAt, localZone)}</td>
              <td>
                {key.revokedAt !== null && t("keys.state.revoked")}
                {key.revokedAt === null && !canChange.value && t("keys.state.active")}
                {key.revokedAt === null && canChange.value && (
                  <Button aria-label={t("keys.revoke.for", { name: key.name })} onClick={() => onRevoke(key)}>
                    {t("keys.revoke")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CreateKeyDialog(props: {
  readonly onClose: () => void;
  readonly onMade: (name: string, secret: string) => Promise<void>;
}) {
  const name = useSignal("");
  const scopes = useSignal<readonly ("read" | "write")[]>(["read"]);
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const save = async () => {
    if (scopes.value.length === 0) {
      failure.value = t("keys.scopes.none");
      return;
    }
    const answer = await adminApi.createApiKey({ name: name.value, scopes: [...scopes.value] });
    if (answer.ok) return await props.onMade(answer.data.key.name, answer.data.secret);
    errors.value = fieldErrorsFrom(answer.errors);
    failure.value = errors.value.size > 0 ? null : errorText(answer.code);
    focusFirstError(form.current);
  };
  return (
    <Dialog
      title={t("keys.create")}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button type="submit" form="key-form" tone="primary">
            {t("keys.create")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="key-form"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("keys.name")}
          hint={t("keys.name.hint")}
          error={errors.value.get("name")}
          value={name.value}
          onValue={(value) => {
            name.value = value;
          }}
        />
        <fieldset class="field check-group">
          <legend class="field-label">{t("keys.scopes")}</legend>
          {(["read", "write"] as const).map((scope) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={scopes.value.includes(scope)}
                onChange={(event) => {
                  const others = scopes.value.filter((one) => one !== scope);
                  scopes.value = event.currentTarget.checked ? [...others, scope] : others;
                }}
              />
              {t(`keys.scope.${scope}`)}
            </label>
          ))}
        </fieldset>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function RevokeDialog(props: {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly onRevoked: () => Promise<void>;
}) {
  const { id, name } = props.apiKey;
  const revoke = async () => {
    const answer = await adminApi.revokeApiKey(id);
    props.onClose();
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    showToast({ tone: "good", text: t("keys.revoked", { name }) });
    await props.onRevoked();
  };
  return (
    <Dialog
      title={t("keys.revoke.title", { name })}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button tone="trouble" onClick={revoke}>
            {t("keys.revoke")}
          </Button>
        </>
      }
    >
      <p>{t("keys.revoke.text")}</p>
    </Dialog>
  );
}
