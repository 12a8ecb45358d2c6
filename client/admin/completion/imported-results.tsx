import type { ResultReport, ResultRow } from "../../../server/protocol/completion.ts";
import { formatNumber } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { t } from "../admin-words.ts";
import { resultColumnName, resultErrorText } from "./result-error-text.ts";

const MOST_SHOWN = 500;
const TONES = {
  created: "badge-good",
  updated: "badge-good",
  unchanged: "",
  refused: "badge-trouble",
} as const;

/** What became of each row, the refused ones first. */
export function ImportedResults({ report }: { report: ResultReport }) {
  const { created, updated, unchanged, refused, rows } = report;
  const isRefused = ({ outcome }: ResultRow) => outcome === "refused";
  const ordered = rows.toSorted((a, b) => Number(isRefused(b)) - Number(isRefused(a)) || a.row - b.row);
  const shown = ordered.slice(0, MOST_SHOWN);
  return (
    <div class="form">
      <Notice tone={refused > 0 ? "wait" : "good"}>
        <strong>
          {t("results.result", {
            created: formatNumber(created),
            updated: formatNumber(updated),
            unchanged: formatNumber(unchanged),
            refused: formatNumber(refused),
          })}
        </strong>
        {refused > 0 && <p>{t("import.result.hint")}</p>}
      </Notice>
      {shown.length < rows.length && (
        <p class="soft small">
          {t("import.shown", { shown: formatNumber(shown.length), count: formatNumber(rows.length) })}
        </p>
      )}
      <table class="plain-table">
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
                <span class={`badge ${TONES[row.outcome]}`}>{t(`results.outcome.${row.outcome}`)}</span>
              </td>
              <td>{noteOf(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function noteOf({ errors = [] }: ResultRow): string {
  return errors
    .map(({ field, message }) => {
      const text = resultErrorText(message);
      return field === "" ? text : `${resultColumnName(field)}: ${text}`;
    })
    .join(" ");
}
