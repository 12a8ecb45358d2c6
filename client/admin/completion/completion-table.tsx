import type { CompletionItem, CompletionReport } from "../../../server/protocol/completion.ts";
import { completionText, requirementTitle, whyText } from "../../completion/completion-words.ts";
import { RequirementMark } from "../../completion/requirement-list.tsx";
import { formatNumber } from "../../i18n/format.ts";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { t } from "../admin-words.ts";
import { SpacerRow } from "../shell/spacer-row.tsx";
import { useWindowedRows } from "../windowed-rows.ts";

const ROW_PX = 64;
const NARROW_ROW_PX = 172;
/** With more, the requirements scroll sideways inside the table. */
const NEEDS_THAT_FIT = 5;

interface CompletionTableProps {
  readonly report: CompletionReport;
  readonly people: readonly CompletionItem[];
  readonly onExplain: (enrolmentId: string) => void;
}

/** One row a person with a mark for each requirement; on a phone how many are met. */
export function CompletionTable({ report, people, onExplain }: CompletionTableProps) {
  const isNarrow = useMediaQuery("(max-width: 767px)");
  const { requirements } = report.policy;
  const [list, drawn] = useWindowedRows<HTMLTableSectionElement>(
    people.length,
    isNarrow ? NARROW_ROW_PX : ROW_PX,
  );
  const columns = isNarrow ? 4 : requirements.length + 3;
  const isWide = !isNarrow && requirements.length > NEEDS_THAT_FIT;
  return (
    <div class={`table-scroll table-long ${isWide ? "table-sideways" : ""}`}>
      <table class="table table-cards completion-table" aria-rowcount={people.length + 1}>
        <caption class="visually-hidden">{t("completion.table")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("completion.person")}</th>
            <th scope="col">{t("completion.status")}</th>
            {isNarrow ? (
              <th scope="col">{t("completion.needs")}</th>
            ) : (
              requirements.map(({ code }) => (
                <th key={code} scope="col">
                  {requirementTitle(code)}
                </th>
              ))
            )}
            <th scope="col" class="number">
              {t("completion.jp")}
            </th>
          </tr>
        </thead>
        <tbody ref={list}>
          <SpacerRow heightPx={drawn.beforePx} columns={columns} />
          {people.slice(drawn.from, drawn.to).map((item, index) => (
            <tr key={item.enrolmentId} aria-rowindex={drawn.from + index + 2}>
              <td class="card-title">
                <span class="one-line cell-line" title={item.name}>
                  {item.name}
                </span>
                {!item.isErased && (
                  <span class="row-note small soft figures one-line">{item.externalId}</span>
                )}
              </td>
              <td>
                <StatusBadge status={item.status} />
              </td>
              <NeedCells item={item} isNarrow={isNarrow} onExplain={onExplain} />
              <td class="number figures">{t("jp", { jp: formatNumber(item.jp) })}</td>
            </tr>
          ))}
          <SpacerRow heightPx={drawn.afterPx} columns={columns} />
        </tbody>
      </table>
    </div>
  );
}

const TONES = { complete: "badge-good", incomplete: "badge-trouble", pending: "" } as const;

export function StatusBadge({ status }: { status: CompletionItem["status"] }) {
  return <span class={`badge ${TONES[status]}`}>{completionText(`status.${status}`)}</span>;
}

interface NeedCellsProps {
  readonly item: CompletionItem;
  readonly isNarrow: boolean;
  readonly onExplain: (enrolmentId: string) => void;
}

function NeedCells({ item, isNarrow, onExplain }: NeedCellsProps) {
  const explain = () => onExplain(item.enrolmentId);
  if (isNarrow) {
    const met = item.requirements.filter((requirement) => requirement.met).length;
    return (
      <td>
        <button type="button" class="need-cell" onClick={explain}>
          <RequirementMark isMet={met === item.requirements.length} />
          {t("completion.summary", { met, all: item.requirements.length })}
        </button>
      </td>
    );
  }
  return (
    <>
      {item.requirements.map((requirement) => (
        <td key={requirement.code}>
          <button type="button" class="need-cell figures" title={whyText(requirement)} onClick={explain}>
            <span class="visually-hidden">
              {`${requirementTitle(requirement.code)}, ${item.name}: ${whyText(requirement)}`}
            </span>
            <RequirementMark isMet={requirement.met} />
            {typeof requirement.found === "number" && formatNumber(requirement.found)}
          </button>
        </td>
      ))}
    </>
  );
}
