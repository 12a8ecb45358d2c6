import "./import-result.css";
import type { EnrolmentRow } from "../../../server/protocol/api-records.ts";
import { formatNumber } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import type { EnrolmentResults } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { columnName, fieldErrorText } from "../form/field-error-text.ts";

const MOST_SHOWN = 500;
const TONES = { created: "badge-good", updated: "", refused: "badge-trouble" } as const;

/** What became of each row, the ones to look at first. */
export function ImportResult({ results }: { results: EnrolmentResults }) {
  const { created, updated, refused } = results;
  return (
    <div class="form">
      <Notice tone={refused > 0 ? "wait" : "good"}>
        <strong>
          {t("import.result", {
            created: formatNumber(created),
            updated: formatNumber(updated),
            refused: formatNumber(refused),
          })}
        </strong>
        {refused > 0 && <p>{t("import.result.hint")}</p>}
      </Notice>
      <RowTable rows={results.rows} words="import" />
    </div>
  );
}

/** What would become of each row. */
export function ImportPreview({ preview }: { preview: EnrolmentResults }) {
  const { created, updated, refused } = preview;
  const good = formatNumber(created + updated);
  return (
    <div class="form">
      <Notice tone={refused > 0 ? "wait" : "good"}>
        <strong>
          {refused > 0
            ? t("preview.title", { good, refused: formatNumber(refused) })
            : t("preview.good", { good })}
        </strong>
        <p>{created + updated === 0 ? t("preview.none") : t("preview.hint")}</p>
      </Notice>
      <RowTable rows={preview.rows} words="preview" />
    </div>
  );
}

function RowTable({ rows, words }: { rows: readonly EnrolmentRow[]; words: "import" | "preview" }) {
  const ordered = rows.toSorted((a, b) => weightOf(b) - weightOf(a) || a.row - b.row);
  const shown = ordered.slice(0, MOST_SHOWN);
  return (
    <>
      {shown.length < rows.length && (
        <p class="soft small">
          {t("import.shown", { shown: formatNumber(shown.length), count: formatNumber(rows.length) })}
        </p>
      )}
      <table class="plain-table import-rows">
        <thead>
          <tr>
            <th scope="col" class="number">
              {t("import.row")}
            </th>
            <th scope="col">{t("participants.number")}</th>
            <th scope="col">{t("import.outcome")}</th>
            <th scope="col">{t("import.note")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.row}>
              <td class="number">{formatNumber(row.row)}</td>
              <td class="figures">{row.externalId ?? t("admin.none")}</td>
              <td>
                <span class={`badge ${TONES[row.outcome]}`}>{t(`${words}.outcome.${row.outcome}`)}</span>
              </td>
              <td>{notesOf(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function weightOf(row: EnrolmentRow): number {
  if (row.outcome === "refused") return 2;
  return row.warnings ? 1 : 0;
}

function notesOf({ errors = [], warnings = [] }: EnrolmentRow): string {
  return [...errors, ...warnings]
    .map(({ field, message }) => {
      const text = fieldErrorText(message);
      return field === "" ? text : `${columnName(field)}: ${text}`;
    })
    .join(" ");
}
