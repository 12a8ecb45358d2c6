import "./accounts.css";
import { useSignal } from "@preact/signals";
import { Ban, Link2, LogOut, MoreHorizontal, Pencil, RotateCcw, ShieldOff, UserPlus } from "lucide";
import type { AccountJson } from "../../../server/protocol/accounts.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange, signedIn } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { ChangeAccountDialog, InviteDialog } from "./account-dialogs.tsx";
import { OnceShownDialog } from "./once-shown.tsx";

type Open =
  | { readonly dialog: "invite" }
  | { readonly dialog: "change" | "disable"; readonly account: AccountJson }
  | { readonly dialog: "link"; readonly name: string; readonly url: string };

/** Who can sign in. */
export function AccountsPage() {
  const accounts = useResource("accounts", adminApi.accounts);
  const open = useSignal<Open | null>(null);
  const close = () => {
    open.value = null;
  };
  const shown = open.value;
  return (
    <>
      <PageHead
        title={t("accounts.title")}
        lead={t("accounts.lead")}
        actions={
          <>
            <AdminLink class="button" href={adminPath.apiKeys()}>
              {t("accounts.keys")}
            </AdminLink>
            {canChange.value && (
              <Button
                tone="primary"
                icon={UserPlus}
                onClick={() => {
                  open.value = { dialog: "invite" };
                }}
              >
                {t("accounts.invite")}
              </Button>
            )}
          </>
        }
      />
      <Loaded of={accounts}>
        {(items) => (
          <AccountsTable
            accounts={items}
            onChanged={accounts.reload}
            onOpen={(next) => {
              open.value = next;
            }}
          />
        )}
      </Loaded>
      {shown?.dialog === "invite" && (
        <InviteDialog
          onClose={close}
          onMade={async (name, url) => {
            open.value = { dialog: "link", name, url };
            await accounts.reload();
          }}
        />
      )}
      {shown?.dialog === "change" && (
        <ChangeAccountDialog account={shown.account} onClose={close} onChanged={accounts.reload} />
      )}
      {shown?.dialog === "disable" && (
        <DisableDialog account={shown.account} onClose={close} onChanged={accounts.reload} />
      )}
      {shown?.dialog === "link" && (
        <OnceShownDialog
          title={t("accounts.invited.title", { name: shown.name })}
          text={t("accounts.invited.text")}
          label={t("accounts.link")}
          value={shown.url}
          copy={t("accounts.copy")}
          copied={t("accounts.copied")}
          onClose={close}
        />
      )}
    </>
  );
}

interface TableProps {
  readonly accounts: readonly AccountJson[];
  readonly onChanged: () => Promise<void>;
  readonly onOpen: (open: Open) => void;
}

function AccountsTable({ accounts, onChanged, onOpen }: TableProps) {
  return (
    <section class="table-scroll" aria-label={t("accounts.title")}>
      <table class="table table-cards accounts-table">
        <thead>
          <tr>
            <th scope="col">{t("accounts.name")}</th>
            <th scope="col">{t("accounts.role")}</th>
            <th scope="col">{t("accounts.state")}</th>
            {canChange.value && (
              <th scope="col">
                <span class="visually-hidden">{t("accounts.actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td class="card-title">
                {account.name}{" "}
                {account.id === signedIn.value?.account.id && <span class="badge">{t("accounts.you")}</span>}
                {account.name !== account.email && <div class="soft small">{account.email}</div>}
              </td>
              <td data-label={t("accounts.role")}>{t(`accounts.role.${account.role}`)}</td>
              <td data-label={t("accounts.state")}>
                <AccountState account={account} />
              </td>
              {canChange.value && (
                <td class="number">
                  <AccountMenu account={account} onChanged={onChanged} onOpen={onOpen} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AccountState({ account }: { account: AccountJson }) {
  if (account.disabledAt !== null)
    return <span class="badge badge-trouble">{t("accounts.state.disabled")}</span>;
  return (
    <>
      {account.hasPassword ? t("accounts.state.active") : t("accounts.state.invited")}
      {account.hasSecondFactor && <div class="soft small">{t("accounts.factor")}</div>}
    </>
  );
}

function AccountMenu({
  account,
  onChanged,
  onOpen,
}: { account: AccountJson } & Omit<TableProps, "accounts">) {
  const { id, name, disabledAt, hasSecondFactor } = account;
  const run = async (deed: () => ReturnType<typeof adminApi.signOutAccount>, done: string) => {
    const answer = await deed();
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    showToast({ tone: "good", text: done });
    await onChanged();
  };
  const makeLink = async () => {
    const answer = await adminApi.passwordLink(id);
    if (answer.ok) onOpen({ dialog: "link", name, url: answer.data.url });
    else showToast({ tone: "trouble", text: errorText(answer.code) });
  };
  const enable = () =>
    run(() => adminApi.changeAccount(id, { isDisabled: false }), t("accounts.enabled", { name }));
  return (
    <Menu
      label={t("accounts.more", { name })}
      button={(attributes) => (
        <Button icon={MoreHorizontal} tone="quiet" aria-label={t("accounts.more", { name })} {...attributes}>
          {""}
        </Button>
      )}
    >
      <MenuItem icon={Pencil} onClick={() => onOpen({ dialog: "change", account })}>
        {t("accounts.change")}
      </MenuItem>
      {disabledAt === null && (
        <MenuItem icon={Link2} onClick={makeLink}>
          {t("accounts.newLink")}
        </MenuItem>
      )}
      {hasSecondFactor && (
        <MenuItem
          icon={ShieldOff}
          onClick={() => run(() => adminApi.resetSecondFactor(id), t("accounts.resetFactor.done", { name }))}
        >
          {t("accounts.resetFactor")}
        </MenuItem>
      )}
      <MenuItem
        icon={LogOut}
        onClick={() => run(() => adminApi.signOutAccount(id), t("accounts.signOut.done", { name }))}
      >
        {t("accounts.signOut")}
      </MenuItem>
      {disabledAt === null ? (
        <MenuItem icon={Ban} tone="trouble" onClick={() => onOpen({ dialog: "disable", account })}>
          {t("accounts.disable")}
        </MenuItem>
      ) : (
        <MenuItem icon={RotateCcw} onClick={enable}>
          {t("accounts.enable")}
        </MenuItem>
      )}
    </Menu>
  );
}

function DisableDialog(props: { account: AccountJson; onClose: () => void; onChanged: () => Promise<void> }) {
  const { account, onClose, onChanged } = props;
  const { id, name } = account;
  const disable = async () => {
    const answer = await adminApi.changeAccount(id, { isDisabled: true });
    onClose();
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    showToast({ tone: "good", text: t("accounts.disabled", { name }) });
    await onChanged();
  };
  return (
    <Dialog
      title={t("accounts.disable.title", { name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button tone="trouble" onClick={disable}>
            {t("accounts.disable")}
          </Button>
        </>
      }
    >
      <p>{t("accounts.disable.text")}</p>
    </Dialog>
  );
}
