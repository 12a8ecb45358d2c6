import { Download, Ellipsis, ExternalLink, Link, Trash2 } from "lucide";
import type { CertificateJson } from "../../../server/protocol/certificates.ts";
import { formatNumber, formatShortDate } from "../../i18n/format.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { adminApi, canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { SpacerRow } from "../shell/spacer-row.tsx";
import { useWindowedRows } from "../windowed-rows.ts";
import type { CertificateRow, CertificateState } from "./certificate-rows.ts";

const ROW_PX = 64;
const NARROW_ROW_PX = 232;
const COLUMNS = 6;

interface CertificatesTableProps {
  readonly rows: readonly CertificateRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (enrolmentId: string) => void;
  readonly onExplain: (row: CertificateRow) => void;
  readonly onRevoke: (certificate: CertificateJson) => void;
}

export function CertificatesTable(props: CertificatesTableProps) {
  const { rows } = props;
  const isNarrow = useMediaQuery("(max-width: 767px)");
  const [list, drawn] = useWindowedRows<HTMLTableSectionElement>(
    rows.length,
    isNarrow ? NARROW_ROW_PX : ROW_PX,
  );
  return (
    <div class="table-scroll table-long">
      <table class="table table-cards certificates-table" aria-rowcount={rows.length + 1}>
        <caption class="visually-hidden">{t("certificates.table")}</caption>
        <thead>
          <tr>
            <td class="choose-cell" />
            <th scope="col">{t("certificates.person")}</th>
            <th scope="col">{t("certificates.state")}</th>
            <th scope="col">{t("certificates.number")}</th>
            <th scope="col">{t("certificates.date")}</th>
            <th scope="col">{t("certificates.actions")}</th>
          </tr>
        </thead>
        <tbody ref={list}>
          <SpacerRow heightPx={drawn.beforePx} columns={COLUMNS} />
          {rows.slice(drawn.from, drawn.to).map((row, index) => (
            <PersonRow key={row.item.enrolmentId} row={row} index={drawn.from + index + 2} {...props} />
          ))}
          <SpacerRow heightPx={drawn.afterPx} columns={COLUMNS} />
        </tbody>
      </table>
    </div>
  );
}

const TONES: Record<CertificateState, string> = {
  unmet: "",
  ready: "badge-hand",
  issued: "badge-good",
  revoked: "badge-trouble",
};

function PersonRow({
  row,
  index,
  chosen,
  ...on
}: CertificatesTableProps & { row: CertificateRow; index: number }) {
  const { item, state, certificate, canIssue } = row;
  return (
    <tr aria-rowindex={index}>
      <td class="choose-cell">
        {canIssue && canChange.value && (
          <label class="choose">
            <input
              type="checkbox"
              aria-label={t("certificates.choose", { name: item.name })}
              checked={chosen.has(item.enrolmentId)}
              onChange={() => on.onChoose(item.enrolmentId)}
            />
          </label>
        )}
      </td>
      <td class="card-title">
        <span class="one-line cell-line" title={item.name}>
          {item.name}
        </span>
        {!item.isErased && <span class="row-note small soft figures one-line">{item.externalId}</span>}
      </td>
      <td>
        <span class={`badge ${TONES[state]}`}>{t(`certificates.state.${state}`)}</span>
      </td>
      <td class="figures">
        {certificate ? (
          <span class="one-line cell-line" title={certificate.number}>
            {certificate.number}
          </span>
        ) : (
          <Why row={row} onExplain={() => on.onExplain(row)} />
        )}
        {certificate?.revokedReason && (
          <span class="row-note small soft one-line" title={certificate.revokedReason}>
            {t("certificates.revokedBecause", { reason: certificate.revokedReason })}
          </span>
        )}
      </td>
      <td class="figures">
        {certificate && formatShortDate(certificate.issuedAt, certificate.facts.timeZone)}
      </td>
      <td>{certificate && <Actions certificate={certificate} onRevoke={on.onRevoke} />}</td>
    </tr>
  );
}

/** Why there is none yet: the requirements that are missing, or that the programme still runs. */
function Why({ row: { item }, onExplain }: { row: CertificateRow; onExplain: () => void }) {
  if (item.status === "complete") return <span class="soft">{t("admin.none")}</span>;
  const missing = item.requirements.filter(({ met }) => !met).length;
  const words =
    missing > 0 ? t("certificates.missing", { count: formatNumber(missing) }) : t("certificates.waiting");
  return (
    <button type="button" class="need-cell" aria-label={`${words}: ${item.name}`} onClick={onExplain}>
      {words}
    </button>
  );
}

interface ActionsProps {
  readonly certificate: CertificateJson;
  readonly onRevoke: (certificate: CertificateJson) => void;
}

function Actions({ certificate, onRevoke }: ActionsProps) {
  const { id, verifyUrl, revokedAt, facts } = certificate;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(verifyUrl);
      showToast({ tone: "good", text: t("certificates.copied") });
    } catch {
      showToast({ tone: "trouble", text: t("certificates.copyFailed", { url: verifyUrl }) });
    }
  };
  return (
    <div class="certificate-actions">
      {revokedAt === null && (
        <a
          class="button"
          href={adminApi.certificateFile(id)}
          download
          aria-label={t("certificates.downloadOf", { name: facts.name })}
        >
          <Icon of={Download} />
          {t("certificates.download")}
        </a>
      )}
      <Menu
        label={t("certificates.more", { name: facts.name })}
        button={(attributes) => (
          <IconButton icon={Ellipsis} label={t("certificates.more", { name: facts.name })} {...attributes} />
        )}
      >
        <MenuItem icon={Link} onClick={copy}>
          {t("certificates.copy")}
        </MenuItem>
        <MenuItem icon={ExternalLink} onClick={() => open(verifyUrl, "_blank", "noopener")}>
          {t("certificates.open")}
        </MenuItem>
        {revokedAt === null && canChange.value && (
          <MenuItem icon={Trash2} tone="trouble" onClick={() => onRevoke(certificate)}>
            {t("certificates.revoke")}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}
