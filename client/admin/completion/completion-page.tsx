import "./completion-page.css";
import { useSignal } from "@preact/signals";
import { Download, Upload } from "lucide";
import type { CompletionReport } from "../../../server/protocol/completion.ts";
import { completionText, requirementTitle } from "../../completion/completion-words.ts";
import { formatDate, formatNumber } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { requirementText } from "../programmes/policy-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { ForAdmins } from "../shell/for-admins.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { FILTERS, type Filter, isOfFilter, mostMissed, peopleIn } from "./completion-summary.ts";
import { CompletionTable } from "./completion-table.tsx";
import { DecisionDialog } from "./decision-dialog.tsx";
import { ImportResultsDialog } from "./import-results-dialog.tsx";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who is complete, and what the others still miss. */
export function CompletionPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(code, () => adminApi.completion(code));
  const isImporting = useSignal(false);
  return (
    <>
      <Loaded of={resource} title={t("completion.title")}>
        {(report) => (
          <>
            <PageHead
              title={t("completion.title")}
              above={[{ title: report.programme.title, href: adminPath.programme(code) }]}
              lead={leadOf(report)}
              actions={
                <>
                  <ForAdmins>
                    <Button
                      icon={Upload}
                      onClick={() => {
                        isImporting.value = true;
                      }}
                    >
                      {t("results.import")}
                    </Button>
                  </ForAdmins>
                  <FileLink code={code} format="csv" />
                  <FileLink code={code} format="xlsx" />
                </>
              }
            />
            {report.items.length === 0 ? (
              <EmptyState
                title={t("completion.nobody.title")}
                action={
                  <AdminLink class="button button-primary" href={adminPath.participants(code)}>
                    {t("programme.roster.open")}
                  </AdminLink>
                }
              >
                {t("completion.nobody.text")}
              </EmptyState>
            ) : (
              <>
                <Overview report={report} />
                <People report={report} />
              </>
            )}
          </>
        )}
      </Loaded>
      {isImporting.value && (
        <ImportResultsDialog
          code={code}
          onImported={resource.reload}
          onClose={() => {
            isImporting.value = false;
          }}
        />
      )}
    </>
  );
}

function FileLink({ code, format }: { code: string; format: "csv" | "xlsx" }) {
  return (
    <a
      class={format === "xlsx" ? "button button-primary" : "button"}
      href={adminApi.completionFile(code, format)}
      download={`kelulusan-${code}.${format}`}
    >
      <Icon of={Download} />
      {t(`completion.${format}`)}
    </a>
  );
}

function leadOf({ endsAt, decidedAt, policyVersion }: CompletionReport): string {
  const version = t("completion.version", { version: policyVersion });
  if (endsAt === null) return `${t("completion.unplanned")} ${version}`;
  const date = formatDate(endsAt, localZone);
  return `${t(decidedAt < endsAt ? "completion.ends" : "completion.ended", { date })} ${version}`;
}

function Overview({ report }: { report: CompletionReport }) {
  const { requirements } = report.policy;
  const countOf = (status: Filter) =>
    formatNumber(report.items.filter((item) => isOfFilter(item, status)).length);
  if (requirements.length === 0) return <p class="card panel">{t("completion.noRequirements")}</p>;
  const missed = mostMissed(report);
  return (
    <div class="panels">
      <section class="card panel">
        <h2 class="panel-title">{t("completion.missed")}</h2>
        {missed.length === 0 ? (
          <p>{t("completion.missed.none")}</p>
        ) : (
          <ol class="most-missed figures">
            {missed.map(({ code, count }) => (
              <li key={code}>
                <strong>{requirementTitle(code)}</strong>
                <span class="soft">
                  {t("completion.missed.count", {
                    count: formatNumber(count),
                    all: formatNumber(report.items.length),
                  })}
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <section class="card panel">
        <h2 class="panel-title">{t("completion.policy")}</h2>
        <ul class="policy-needs">
          {requirements.map((requirement) => (
            <li key={requirement.code}>{requirementText(requirement)}</li>
          ))}
        </ul>
        <p class="soft figures">
          {t("completion.count", {
            complete: countOf("complete"),
            incomplete: countOf("incomplete"),
            pending: countOf("pending"),
          })}
        </p>
      </section>
    </div>
  );
}

function People({ report }: { report: CompletionReport }) {
  const filter = useSignal<Filter>("all");
  const query = useSignal("");
  const explained = useSignal<string | null>(null);
  const explain = (enrolmentId: string | null) => {
    explained.value = enrolmentId;
  };
  const people = peopleIn(report, filter.value, query.value);
  const item = report.items.find(({ enrolmentId }) => enrolmentId === explained.value);
  return (
    <>
      <div class="toolbar">
        <FilterChips
          label={t("completion.filter")}
          chosen={filter.value}
          onChoose={(key) => {
            filter.value = key;
          }}
          chips={FILTERS.map((key) => ({
            key,
            title: key === "all" ? t("completion.filter.all") : completionText(`status.${key}`),
            count: report.items.filter((one) => isOfFilter(one, key)).length,
          }))}
        />
        <SearchField
          label={t("completion.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
      </div>
      {people.length === 0 ? (
        <p class="card table-empty">{t("completion.noMatch")}</p>
      ) : (
        <CompletionTable report={report} people={people} onExplain={explain} />
      )}
      {item && <DecisionDialog item={item} onClose={() => explain(null)} />}
    </>
  );
}
