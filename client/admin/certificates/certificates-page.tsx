import "./certificates.css";
import { useSignal } from "@preact/signals";
import { Download, Hash } from "lucide";
import type { CertificateJson } from "../../../server/protocol/certificates.ts";
import type { CompletionReport } from "../../../server/protocol/completion.ts";
import type { IssuerJson } from "../../../server/protocol/issuer.ts";
import { formatDate, formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { DecisionDialog } from "../completion/decision-dialog.tsx";
import { allOf, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { ForAdmins } from "../shell/for-admins.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import {
  type CertificateFilter,
  type CertificateRow,
  certificateRowsFrom,
  certificateRowsIn,
  STATES,
} from "./certificate-rows.ts";
import { CertificatesTable } from "./certificates-table.tsx";
import { issueInSteps } from "./issue-in-steps.ts";
import { NumberingDialog } from "./numbering-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type PageData = readonly [CompletionReport, readonly CertificateJson[], IssuerJson];

/** Who has a certificate, who can have one, and what the others still miss. */
export function CertificatesPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const isNumbering = useSignal(false);
  const resource = useResource(code, async () =>
    allOf<PageData>(
      await Promise.all([adminApi.completion(code), adminApi.certificates(code), adminApi.issuer()]),
    ),
  );
  return (
    <>
      <Loaded of={resource} title={t("certificates.title")}>
        {([report, certificates, issuer]) => (
          <>
            <PageHead
              title={t("certificates.title")}
              above={[{ title: report.programme.title, href: adminPath.programme(code) }]}
              lead={leadOf(report)}
              actions={
                <>
                  <ForAdmins>
                    <Button
                      icon={Hash}
                      onClick={() => {
                        isNumbering.value = true;
                      }}
                    >
                      {t("certificates.numbering")}
                    </Button>
                  </ForAdmins>
                  {certificates.some(({ revokedAt }) => revokedAt === null) && (
                    <a
                      class="button"
                      href={adminApi.certificatesFile(code)}
                      download={`sertifikat-${code}.pdf`}
                    >
                      <Icon of={Download} />
                      {t("certificates.downloadAll")}
                    </a>
                  )}
                </>
              }
            />
            {issuer.name === null && canChange.value && (
              <Notice
                tone="wait"
                actions={
                  <AdminLink class="button" href={adminPath.settings()}>
                    {t("certificates.issuer.open")}
                  </AdminLink>
                }
              >
                <strong>{t("certificates.issuer.title")}</strong>
                <p>{t("certificates.issuer.text")}</p>
              </Notice>
            )}
            {report.items.length === 0 ? (
              <EmptyState
                title={t("certificates.nobody.title")}
                action={
                  <AdminLink class="button button-primary" href={adminPath.participants(code)}>
                    {t("programme.roster.open")}
                  </AdminLink>
                }
              >
                {t("certificates.nobody.text")}
              </EmptyState>
            ) : (
              <People
                code={code}
                rows={certificateRowsFrom(report, certificates)}
                onChanged={resource.reload}
              />
            )}
          </>
        )}
      </Loaded>
      {isNumbering.value && (
        <NumberingDialog
          code={code}
          onClose={() => {
            isNumbering.value = false;
          }}
        />
      )}
    </>
  );
}

function leadOf({ endsAt, decidedAt }: CompletionReport): string {
  if (endsAt === null) return t("certificates.unplanned");
  if (decidedAt < endsAt) return t("certificates.pending", { date: formatDate(endsAt, localZone) });
  return t("certificates.lead");
}

interface PeopleProps {
  readonly code: string;
  readonly rows: readonly CertificateRow[];
  readonly onChanged: () => Promise<void>;
}

function People({ code, rows, onChanged }: PeopleProps) {
  const filter = useSignal<CertificateFilter>("all");
  const query = useSignal("");
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const explained = useSignal<CertificateRow | null>(null);
  const revoking = useSignal<CertificateJson | null>(null);
  const shown = certificateRowsIn(rows, filter.value, query.value);
  const toggle = (id: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
  };
  const issued = async () => {
    chosen.value = new Set();
    await onChanged();
  };
  return (
    <>
      <IssueBar code={code} rows={rows} chosen={chosen.value} onIssued={issued} />
      <div class="toolbar">
        <FilterChips
          label={t("certificates.filter")}
          chosen={filter.value}
          onChoose={(key) => {
            filter.value = key;
          }}
          chips={(["all", ...STATES] as const).map((key) => ({
            key,
            title: t(key === "all" ? "certificates.filter.all" : `certificates.state.${key}`),
            count: certificateRowsIn(rows, key, "").length,
          }))}
        />
        <SearchField
          label={t("certificates.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
      </div>
      {shown.length === 0 ? (
        <p class="card table-empty">{t("certificates.noMatch")}</p>
      ) : (
        <CertificatesTable
          rows={shown}
          chosen={chosen.value}
          onChoose={toggle}
          onExplain={(row) => {
            explained.value = row;
          }}
          onRevoke={(certificate) => {
            revoking.value = certificate;
          }}
        />
      )}
      {explained.value && (
        <DecisionDialog
          item={explained.value.item}
          onClose={() => {
            explained.value = null;
          }}
        />
      )}
      {revoking.value && (
        <RevokeDialog
          certificate={revoking.value}
          onClose={() => {
            revoking.value = null;
          }}
          onRevoked={onChanged}
        />
      )}
    </>
  );
}

interface IssueBarProps {
  readonly code: string;
  readonly rows: readonly CertificateRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onIssued: () => Promise<void>;
}

/** The one thing to do next: issue to those who were chosen, or to everybody who is ready. */
function IssueBar({ code, rows, chosen, onIssued }: IssueBarProps) {
  const done = useSignal<number | null>(null);
  const failure = useSignal<string | null>(null);
  const ids = rows.flatMap(({ item, canIssue, state }) => {
    const isWanted = chosen.size > 0 ? chosen.has(item.enrolmentId) : state === "ready";
    return canIssue && isWanted ? [item.enrolmentId] : [];
  });
  const all = formatNumber(ids.length);
  const issue = async () => {
    failure.value = null;
    const outcome = await issueInSteps(code, ids, (count) => {
      done.value = count;
    });
    done.value = null;
    const count = formatNumber(outcome.issued);
    if (outcome.failure) {
      failure.value = t("certificates.stopped", {
        done: count,
        all,
        reason: errorText(outcome.failure.code),
      });
    } else {
      const { refused } = outcome;
      const text = refused
        ? t("certificates.issuedSome", { count, refused: formatNumber(refused) })
        : t("certificates.issued", { count });
      showToast({ tone: refused ? "plain" : "good", text });
    }
    await onIssued();
  };
  if (done.value !== null) {
    return (
      <div class="card issue-bar" role="status">
        <label class="issue-progress">
          {t("certificates.issuing", { done: formatNumber(done.value), all })}
          <progress value={done.value} max={ids.length} />
        </label>
      </div>
    );
  }
  return (
    <>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      {canChange.value && ids.length > 0 && (
        <div class="issue-bar">
          <Button tone="primary" size="large" onClick={issue}>
            {t(chosen.size > 0 ? "certificates.issueChosen" : "certificates.issueAll", { count: all })}
          </Button>
        </div>
      )}
    </>
  );
}
