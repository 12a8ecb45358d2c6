import { useSignal } from "@preact/signals";
import { Upload, UserPlus } from "lucide";
import { formatNumber } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { adminApi, canChange, type Enrolment } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { currentProgramme } from "../current-choice.ts";
import { isMatching } from "../matching.ts";
import { useResource } from "../resource.ts";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { SpacerRow } from "../shell/spacer-row.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { useWindowedRows } from "../windowed-rows.ts";
import { AddParticipantDialog } from "./add-participant-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { PersonDialog } from "./person-dialog.tsx";

const ROW_PX = 52;
const NARROW_ROW_PX = 124;

export function ParticipantsPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const roster = useResource(code, () => adminApi.enrolments(code));
  const opened = useSignal<"add" | "import" | null>(null);
  const open = (which: "add" | "import") => () => {
    opened.value = which;
  };
  const close = () => {
    opened.value = null;
  };
  const programme = currentProgramme.value;
  const isEmpty = roster.data?.length === 0;
  const actions = canChange.value && (
    <>
      <Button icon={UserPlus} onClick={open("add")}>
        {t("participants.add")}
      </Button>
      <Button icon={Upload} tone={isEmpty ? "primary" : "plain"} onClick={open("import")}>
        {t("participants.import")}
      </Button>
    </>
  );
  return (
    <>
      <PageHead
        title={t("participants.title")}
        above={programme ? [{ title: programme.title, href: adminPath.programme(code) }] : []}
        actions={roster.data && !isEmpty && actions}
      />
      <Loaded of={roster}>
        {(people) =>
          people.length === 0 ? (
            <EmptyState title={t("participants.empty.title")} action={actions}>
              {t("participants.empty.text")}
            </EmptyState>
          ) : (
            <Roster code={code} people={people} onChanged={roster.reload} />
          )
        }
      </Loaded>
      {opened.value === "add" && <AddParticipantDialog code={code} onClose={close} onSaved={roster.reload} />}
      {opened.value === "import" && <ImportDialog code={code} onClose={close} onImported={roster.reload} />}
    </>
  );
}

function Roster(props: { code: string; people: readonly Enrolment[]; onChanged: () => Promise<void> }) {
  const { code, people, onChanged } = props;
  const opened = useSignal<string | null>(null);
  const query = useSignal("");
  const isNarrow = useMediaQuery("(max-width: 767px)");
  const shown = people.filter(({ name, externalId, institution, group, email }) =>
    isMatching(query.value, [name, externalId, institution, group, email]),
  );
  const [list, drawn] = useWindowedRows<HTMLTableSectionElement>(
    shown.length,
    isNarrow ? NARROW_ROW_PX : ROW_PX,
  );
  const person = people.find(({ id }) => id === opened.value);
  const hasGroups = people.some((person) => person.group !== null);
  const columns = hasGroups ? 5 : 4;
  return (
    <>
      <div class="toolbar">
        <SearchField
          label={t("participants.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
        <span class="toolbar-end soft figures" role="status">
          {query.value.trim() === ""
            ? t("participants.count", { count: formatNumber(people.length) })
            : t("participants.found", {
                found: formatNumber(shown.length),
                count: formatNumber(people.length),
              })}
        </span>
      </div>
      <div class="table-scroll table-long">
        <table class="table table-cards roster-table" aria-rowcount={shown.length + 1}>
          <thead>
            <tr>
              <th scope="col">{t("participants.name")}</th>
              <th scope="col">{t("participants.number")}</th>
              <th scope="col">{t("participants.institution")}</th>
              {hasGroups && <th scope="col">{t("participants.group")}</th>}
              <th scope="col">{t("participants.email")}</th>
            </tr>
          </thead>
          <tbody ref={list}>
            <SpacerRow heightPx={drawn.beforePx} columns={columns} />
            {shown.slice(drawn.from, drawn.to).map((person, index) => (
              <tr key={person.id} aria-rowindex={drawn.from + index + 2}>
                <td class="card-title">
                  <button
                    type="button"
                    class="person-open one-line cell-line"
                    title={person.name}
                    onClick={() => {
                      opened.value = person.id;
                    }}
                  >
                    {person.name}
                  </button>
                </td>
                <td class="figures">{person.erasedAt === null ? person.externalId : t("admin.none")}</td>
                <td>
                  <span class="one-line cell-line" title={person.institution ?? undefined}>
                    {person.institution ?? t("admin.none")}
                  </span>
                </td>
                {hasGroups && (
                  <td class={person.group === null ? "cell-none" : undefined}>
                    {person.group ?? t("admin.none")}
                  </td>
                )}
                <td class={person.email === null ? "cell-none" : undefined}>
                  <span class="one-line cell-line">{person.email ?? t("admin.none")}</span>
                </td>
              </tr>
            ))}
            <SpacerRow heightPx={drawn.afterPx} columns={columns} />
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="table-empty">{t("participants.noMatch", { query: query.value.trim() })}</p>
        )}
      </div>
      {person && (
        <PersonDialog
          key={person.id}
          code={code}
          person={person}
          onClose={() => {
            opened.value = null;
          }}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
