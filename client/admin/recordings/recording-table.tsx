import { CircleAlert, CircleCheck, Clapperboard, Clock, Link, Play, Radio, Trash2 } from "lucide";
import type { RecordingJson } from "../../../server/protocol/recording-office.ts";
import { exportText } from "../../export/export-words.ts";
import { formatBytes, formatShortDate, formatTime } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { useNow } from "../../ui/use-now.ts";
import { canChange, signedIn } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { deletionText, dueText, recordedText } from "./recording-words.ts";

const MINUTE_MS = 60_000;

interface RowActions {
  readonly onShare: (recording: RecordingJson) => void;
  readonly onProlong: (recording: RecordingJson) => void;
  readonly onDelete: (recording: RecordingJson) => void;
}

/** Recordings with what can be done with each. */
export function RecordingTable(props: { readonly recordings: readonly RecordingJson[] } & RowActions) {
  const { recordings, ...actions } = props;
  const now = useNow(MINUTE_MS);
  return (
    <section class="table-scroll" aria-label={t("recordings.title")}>
      <table class="table table-cards recordings-table">
        <thead>
          <tr>
            <th scope="col">{t("recordings.session")}</th>
            <th scope="col">{t("recordings.state")}</th>
            <th scope="col">{t("recordings.length")}</th>
            <th scope="col" class="number">
              {t("recordings.size")}
            </th>
            <th scope="col">{t("recordings.kept")}</th>
            <th scope="col">
              <span class="visually-hidden">{t("recordings.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {recordings.map((recording) => (
            <Row key={recording.id} recording={recording} now={now} {...actions} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ recording, now, ...actions }: { recording: RecordingJson; now: number } & RowActions) {
  const { session, startedAt, startedBy, rooms, bytes, deletion } = recording;
  const isOffice = signedIn.value?.access !== "staff-account";
  const name = startedBy.name ? t("recordings.by", { name: startedBy.name }) : t("recordings.by.unknown");
  return (
    <tr class={deletion ? "recording-gone" : ""}>
      <td class="card-title">
        {isOffice ? (
          <AdminLink class="row-link" href={adminPath.session(session.id)}>
            {session.title}
          </AdminLink>
        ) : (
          <strong>{session.title}</strong>
        )}
        <span class="row-note figures">
          {formatShortDate(startedAt, session.timeZone)} · {formatTime(startedAt, session.timeZone)} · {name}
          {rooms === "all" && ` · ${t("recordings.rooms.all")}`}
        </span>
      </td>
      <td data-label={t("recordings.state")}>
        <StateBadge recording={recording} />
      </td>
      <td class="figures" data-label={t("recordings.length")}>
        {recordedText(recording)}
      </td>
      <td class="number" data-label={t("recordings.size")}>
        {deletion ? t("admin.none") : formatBytes(bytes)}
      </td>
      <td data-label={t("recordings.kept")}>
        <Kept recording={recording} now={now} />
      </td>
      <td class="recording-actions">
        <Actions recording={recording} {...actions} />
      </td>
    </tr>
  );
}

const LOOKS = {
  running: { icon: Radio, tone: "badge-trouble" },
  whole: { icon: CircleCheck, tone: "badge-good" },
  fault: { icon: CircleAlert, tone: "badge-hand" },
  deleting: { icon: Trash2, tone: "" },
  deleted: { icon: Trash2, tone: "" },
} as const;

function StateBadge({ recording: { state, endReason } }: { recording: RecordingJson }) {
  const { icon, tone } = LOOKS[state];
  const isFault = endReason !== null && endReason !== "staff" && endReason !== "class-closed";
  return (
    <div>
      <span class={`badge ${tone}`}>
        <Icon of={icon} size={16} />
        {t(`recordings.state.${state}`)}
      </span>
      {state === "fault" && isFault && <span class="row-note">{t(`recordings.fault.${endReason}`)}</span>}
    </div>
  );
}

function Kept({ recording, now }: { recording: RecordingJson; now: number }) {
  const { keptUntil, keptDays, prolonged, openLinks, session, deletion } = recording;
  if (deletion) return <span class="soft">{deletionText(recording)}</span>;
  if (keptUntil === null) return <span class="soft">{t("recordings.notYet", { days: keptDays })}</span>;
  const due = dueText(recording, now);
  return (
    <div class="figures">
      {due ? (
        <strong class="recording-due">
          <Icon of={Clock} size={16} />
          {due}
        </strong>
      ) : (
        formatShortDate(keptUntil, session.timeZone)
      )}
      {prolonged && <span class="row-note">{t("recordings.prolonged", { reason: prolonged.reason })}</span>}
      {openLinks > 0 && <span class="row-note">{t("recordings.links.count", { count: openLinks })}</span>}
    </div>
  );
}

function Actions({ recording, onShare, onProlong, onDelete }: { recording: RecordingJson } & RowActions) {
  const { id, session, deletion, endedAt } = recording;
  if (deletion) return null;
  const { title } = session;
  const isOver = endedAt !== null;
  const mayShare = canChange.value || signedIn.value?.access === "staff-account";
  return (
    <div class="recording-buttons">
      <a class="button" href={`/recording/${encodeURIComponent(id)}`}>
        <Icon of={Play} />
        <span>{t("recordings.watch")}</span>
      </a>
      {isOver && mayShare && (
        <Button
          icon={Link}
          aria-label={t("recordings.share.for", { title })}
          onClick={() => onShare(recording)}
        >
          {t("recordings.share")}
        </Button>
      )}
      {isOver && canChange.value && (
        <Menu
          label={t("recordings.more.for", { title })}
          button={(attributes) => (
            <button
              type="button"
              class="button button-quiet"
              aria-label={t("recordings.more.for", { title })}
              {...attributes}
            >
              {t("admin.moreActions")}
            </button>
          )}
        >
          <MenuItem
            icon={Clapperboard}
            onClick={() => location.assign(`/recording/${encodeURIComponent(id)}/video`)}
          >
            {exportText("export.link")}
          </MenuItem>
          <MenuItem icon={Clock} onClick={() => onProlong(recording)}>
            {t("recordings.keepLonger")}
          </MenuItem>
          <MenuItem icon={Trash2} tone="trouble" onClick={() => onDelete(recording)}>
            {t("recordings.delete")}
          </MenuItem>
        </Menu>
      )}
    </div>
  );
}
