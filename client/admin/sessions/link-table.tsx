import { Copy, Link2, RotateCw, Unlink } from "lucide";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatShortDate } from "../../i18n/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { SpacerRow } from "../shell/spacer-row.tsx";
import { useWindowedRows } from "../windowed-rows.ts";
import type { Invitee, LinkRow } from "./link-rows.ts";
import type { MadeLink } from "./made-links.ts";

const ROW_PX = 64;
const NARROW_ROW_PX = 152;

interface LinkTableProps {
  readonly session: SessionDetail;
  readonly rows: readonly LinkRow[];
  readonly made: ReadonlyMap<string, MadeLink>;
  /** No links can be made now. */
  readonly isOver: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (row: LinkRow) => void;
  readonly onMake: (person: Invitee) => void;
  readonly onRevoke: (row: LinkRow) => void;
}

/** One row a person, with the state of their link and what can be done about it. */
export function LinkTable(props: LinkTableProps) {
  const { session, rows, made, isOver, chosen, onChoose, onMake, onRevoke } = props;
  const isNarrow = useMediaQuery("(max-width: 767px)");
  const [list, drawn] = useWindowedRows<HTMLTableSectionElement>(
    rows.length,
    isNarrow ? NARROW_ROW_PX : ROW_PX,
  );
  return (
    <div class="table-scroll table-long">
      <table class="table table-cards link-table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <td class="choose-cell" />
            <th scope="col">{t("links.person")}</th>
            <th scope="col">{t("links.role")}</th>
            <th scope="col">{t("links.state")}</th>
            <th scope="col" class="number">
              {t("links.actions")}
            </th>
          </tr>
        </thead>
        <tbody ref={list}>
          <SpacerRow heightPx={drawn.beforePx} columns={5} />
          {rows.slice(drawn.from, drawn.to).map((row, index) => (
            <tr key={row.id} aria-rowindex={drawn.from + index + 2}>
              <td class="choose-cell">
                {canChange.value && (
                  <label class="choose">
                    <input
                      type="checkbox"
                      aria-label={t("links.choose", { name: row.name })}
                      checked={chosen.has(row.id)}
                      onChange={() => onChoose(row)}
                    />
                  </label>
                )}
              </td>
              <td class="card-title">
                <span class="one-line cell-line" title={row.name}>
                  {row.name}
                </span>
                <span class="row-note soft small one-line cell-line">
                  {row.institution ?? row.email ?? ""}
                </span>
              </td>
              <td data-label={t("links.role")}>{t(`role.${row.role}`)}</td>
              <td data-label={t("links.state")}>
                <LinkMark row={row} isNew={made.has(row.id)} timeZone={session.timeZone} />
              </td>
              <td class="number row-actions">
                <RowActions
                  row={row}
                  url={made.get(row.id)?.url ?? null}
                  isOver={isOver}
                  onMake={onMake}
                  onRevoke={() => onRevoke(row)}
                />
              </td>
            </tr>
          ))}
          <SpacerRow heightPx={drawn.afterPx} columns={5} />
        </tbody>
      </table>
      {rows.length === 0 && <p class="table-empty">{t("links.noMatch")}</p>}
    </div>
  );
}

function LinkMark({ row, isNew, timeZone }: { row: LinkRow; isNew: boolean; timeZone: string }) {
  if (isNew) return <span class="badge badge-good">{t("links.state.new")}</span>;
  const newest = row.active.at(-1);
  if (!newest) {
    return (
      <span class={row.state === "none" ? "soft" : "badge badge-hand"}>
        {row.state === "active" ? "" : t(`links.state.${row.state}`)}
      </span>
    );
  }
  return <span>{t("links.state.active", { date: formatShortDate(newest.createdAt, timeZone) })}</span>;
}

function RowActions(props: {
  row: LinkRow;
  url: string | null;
  isOver: boolean;
  onMake: (person: Invitee) => void;
  onRevoke: () => void;
}) {
  const { row, url, isOver, onMake, onRevoke } = props;
  const { name, state } = row;
  const copy = async (address: string) => {
    try {
      await navigator.clipboard.writeText(address);
      showToast({ tone: "good", text: t("links.copied", { name }) });
    } catch {
      showToast({ tone: "trouble", text: t("links.copyFailed") });
    }
  };
  return (
    <span class="row-buttons">
      {url !== null && (
        <Button icon={Copy} aria-label={t("links.copy.for", { name })} onClick={() => copy(url)}>
          {t("links.copy")}
        </Button>
      )}
      {canChange.value && url === null && !isOver && (
        <Button
          tone={state === "active" ? "quiet" : "plain"}
          icon={state === "active" ? RotateCw : Link2}
          aria-label={t(state === "active" ? "links.renew.for" : "links.make.for", { name })}
          onClick={() => onMake(row)}
        >
          {t(state === "active" ? "links.renew" : "links.make")}
        </Button>
      )}
      {canChange.value && state === "active" && (
        <IconButton icon={Unlink} label={t("links.revoke.for", { name })} onClick={onRevoke} />
      )}
    </span>
  );
}
