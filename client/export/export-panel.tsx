import { Clapperboard, Download, Trash, X } from "lucide";
import { useEffect, useState } from "preact/hooks";
import type { ExportList, RecordingExport } from "../../server/protocol/exports.ts";
import { usePolling, useResource } from "../admin/resource.ts";
import { formatBytes, formatDate, formatLength, formatShare } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toasts.tsx";
import { exportAddress, exportApi } from "./export-api.ts";
import { leftText, exportText as t } from "./export-words.ts";
import "./export.css";

const POLL_MS = 2_000;
const UNDER_WAY: readonly RecordingExport["status"][] = ["queued", "running"];

interface ExportPanelProps {
  readonly recordingId: string;
  /** Hears what there is whenever it is loaded. */
  readonly onList?: (list: ExportList) => void;
}

/** The MP4 of a recording: to make it, to see how far it is, to download it. */
export function ExportPanel({ recordingId, onList }: ExportPanelProps) {
  const list = useResource(`exports ${recordingId}`, () => exportApi.list(recordingId));
  const { data } = list;
  useEffect(() => {
    if (data) onList?.(data);
  }, [data]);
  const canChange = data?.canChange ?? false;
  const latest = list.data?.items[0];
  const isUnderWay = latest !== undefined && UNDER_WAY.includes(latest.status);
  usePolling(() => void list.reload(), POLL_MS, isUnderWay);
  const [isBusy, setIsBusy] = useState(false);
  const act = async (ask: () => ReturnType<typeof exportApi.make>, said?: string) => {
    setIsBusy(true);
    const answer = await ask();
    if (!answer.ok) showToast({ tone: "trouble", text: errorText(answer.code) });
    else if (said) showToast({ text: said });
    await list.reload();
    setIsBusy(false);
  };
  const make = () => act(() => exportApi.make(recordingId));
  return (
    <section class="export-panel" aria-labelledby="export-title" aria-busy={isBusy}>
      <h2 id="export-title" class="panel-title">
        {t("export.title")}
      </h2>
      <p class="soft">{t("export.lead")}</p>
      {!list.data && !list.failure && <p class="soft">{t("export.loading")}</p>}
      {!list.data && list.failure && <Notice tone="trouble">{errorText(list.failure.code)}</Notice>}
      {list.data && (
        <>
          {latest && isUnderWay && (
            <UnderWay
              one={latest}
              isBusy={isBusy}
              onCancel={canChange ? () => act(() => exportApi.remove(latest), t("export.cancelled")) : null}
            />
          )}
          {latest?.status === "done" && (
            <Ready
              one={latest}
              timeZone={list.data.session.timeZone}
              onDelete={canChange ? () => act(() => exportApi.remove(latest), t("export.deleted")) : null}
            />
          )}
          {!isUnderWay && latest?.status !== "done" && (
            <Offer list={list.data} latest={latest} isBusy={isBusy} onMake={canChange ? make : null} />
          )}
        </>
      )}
    </section>
  );
}

function UnderWay(props: {
  readonly one: RecordingExport;
  readonly isBusy: boolean;
  readonly onCancel: (() => void) | null;
}) {
  const { one, isBusy, onCancel } = props;
  const { doneMs, totalMs, leftMs, status, isHeld } = one;
  const share = totalMs === 0 ? 0 : Math.min(1, doneMs / totalMs);
  const shareText = formatShare(Math.floor(share * 10_000));
  const isJoining = status === "running" && doneMs >= totalMs;
  return (
    <div class="export-under-way">
      {status === "queued" ? (
        <p>{t("export.queued")}</p>
      ) : (
        <>
          <p class="export-progress-words">
            <strong>{t("export.done.share", { share: shareText })}</strong>
            <span class="soft">{isJoining ? t("export.joining") : leftText(leftMs)}</span>
          </p>
          <progress value={share} max={1} aria-label={t("export.running")} />
        </>
      )}
      {isHeld && <Notice tone="wait">{t("export.held")}</Notice>}
      <div class="export-foot">
        <span class="soft small">{t("export.mayLeave")}</span>
        {onCancel && (
          <Button icon={X} disabled={isBusy} onClick={onCancel}>
            {t("export.cancel")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Ready(props: {
  readonly one: RecordingExport;
  readonly timeZone: string;
  readonly onDelete: (() => void) | null;
}) {
  const { one, timeZone, onDelete } = props;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div class="export-ready">
      <Notice tone="good">
        <strong>{t("export.ready")}</strong>
        <div class="soft small">
          {t("export.facts", {
            length: formatLength(one.totalMs),
            size: formatBytes(one.bytes ?? 0),
            date: formatDate(one.endedAt ?? one.requestedAt, timeZone),
          })}
        </div>
      </Notice>
      <div class="export-foot">
        {onDelete && (
          <Button tone="quiet" icon={Trash} onClick={() => setIsAsking(true)}>
            {t("export.delete")}
          </Button>
        )}
        <a class="button button-primary" href={exportAddress(one)} download>
          <Icon of={Download} />
          <span>{t("export.download")}</span>
        </a>
      </div>
      {isAsking && onDelete && (
        <Dialog
          title={t("export.delete.title")}
          onClose={() => setIsAsking(false)}
          foot={
            <>
              <Button onClick={() => setIsAsking(false)}>{t("export.delete.keep")}</Button>
              <Button
                tone="trouble"
                onClick={() => {
                  setIsAsking(false);
                  onDelete();
                }}
              >
                {t("export.delete")}
              </Button>
            </>
          }
        >
          <p>{t("export.delete.text")}</p>
        </Dialog>
      )}
    </div>
  );
}

function Offer(props: {
  readonly list: ExportList;
  readonly latest: RecordingExport | undefined;
  readonly isBusy: boolean;
  readonly onMake: (() => void) | null;
}) {
  const { list, latest, isBusy, onMake } = props;
  const hasFailed = latest?.status === "failed";
  const problem = problemText(list);
  return (
    <div class="export-offer">
      {hasFailed && (
        <Notice tone="trouble">
          {latest.failure === "disk-full" ? t("export.failed.disk-full") : t("export.failed")}
        </Notice>
      )}
      {problem ? (
        <Notice tone="wait">{problem}</Notice>
      ) : (
        <p class="soft small">
          {t("export.estimate", { length: formatLength(list.totalMs), size: formatBytes(list.neededBytes) })}
        </p>
      )}
      {onMake && (
        <div class="export-foot">
          <Button
            tone={problem ? "plain" : "primary"}
            icon={Clapperboard}
            disabled={problem !== null || isBusy}
            onClick={onMake}
          >
            {hasFailed ? t("export.again") : t("export.make")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Why no video can be made now; null where one can. */
function problemText({ problem, isUnderWay, neededBytes, freeBytes }: ExportList): string | null {
  if (isUnderWay) return t("export.underWay");
  if (problem === null) return null;
  if (problem !== "disk-full") return t(`export.problem.${problem}`);
  return t("export.problem.disk-full", { needed: formatBytes(neededBytes), free: formatBytes(freeBytes) });
}
