import "./recordings.css";
import { useSignal } from "@preact/signals";
import { Settings } from "lucide";
import { useEffect } from "preact/hooks";
import type { RecordingJson, RecordingPage } from "../../../server/protocol/recording-office.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi, canChange, signedIn } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { currentProgramme, programmes } from "../current-choice.ts";
import { EmptyState } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { type RecordingDialog, RecordingDialogs } from "./recording-dialogs.tsx";
import { RecordingTable } from "./recording-table.tsx";
import { SpaceCard } from "./space-card.tsx";

/** All recordings: what they are, until when they are kept, and the room they have. */
export function RecordingsPage() {
  const isOffice = signedIn.value?.access !== "staff-account";
  const programme = useSignal(isOffice ? (currentProgramme.peek()?.id ?? "") : "");
  const shown = useSignal<RecordingPage | null>(null);
  const problem = useSignal<string | null>(null);
  const dialog = useSignal<RecordingDialog | null>(null);
  const turn = useSignal(0);
  const filter = new URLSearchParams({
    limit: "50",
    ...(programme.value === "" ? {} : { programme: programme.value }),
  }).toString();

  useEffect(() => {
    let isOver = false;
    adminApi.recordings(filter, null).then((answer) => {
      if (isOver) return;
      problem.value = answer.ok ? null : errorText(answer.code);
      shown.value = answer.ok ? answer.data : (shown.peek() ?? { items: [], nextCursor: null });
    });
    return () => {
      isOver = true;
    };
  }, [filter, turn.value]);

  const showMore = async () => {
    const before = shown.value;
    if (!before) return;
    const answer = await adminApi.recordings(filter, before.nextCursor);
    if (shown.value !== before) return;
    problem.value = answer.ok ? null : errorText(answer.code);
    if (answer.ok) shown.value = { ...answer.data, items: [...before.items, ...answer.data.items] };
  };
  const open = (kind: "share" | "prolong" | "delete") => (recording: RecordingJson) => {
    dialog.value = { kind, recording };
  };
  const reload = () => {
    turn.value += 1;
  };

  return (
    <>
      <PageHead
        title={t("recordings.title")}
        lead={t("recordings.lead")}
        actions={
          canChange.value && (
            <Button
              icon={Settings}
              onClick={() => {
                dialog.value = { kind: "settings" };
              }}
            >
              {t("recordings.settings")}
            </Button>
          )
        }
      />
      {isOffice && <SpaceCard turn={turn.value} />}
      {isOffice && (programmes.value ?? []).length > 1 && (
        <div class="toolbar">
          <select
            class="input recordings-scope"
            aria-label={t("recordings.scope")}
            value={programme.value}
            onChange={(event) => {
              programme.value = event.currentTarget.value;
            }}
          >
            <option value="">{t("recordings.scope.all")}</option>
            {(programmes.value ?? []).map(({ id, code, title }) => (
              <option key={id} value={id}>
                {code} · {title}
              </option>
            ))}
          </select>
        </div>
      )}
      {problem.value && <Notice tone="trouble">{problem.value}</Notice>}
      {shown.value === null && (
        <p class="loading soft" role="status">
          {t("loading")}
        </p>
      )}
      {shown.value?.items.length === 0 && !problem.value && (
        <EmptyState title={t("recordings.empty.title")}>{t("recordings.empty.text")}</EmptyState>
      )}
      {shown.value && shown.value.items.length > 0 && (
        <RecordingTable
          recordings={shown.value.items}
          onShare={open("share")}
          onProlong={open("prolong")}
          onDelete={open("delete")}
        />
      )}
      {shown.value?.nextCursor && (
        <div class="recordings-more">
          <Button onClick={showMore}>{t("recordings.more")}</Button>
        </div>
      )}
      <RecordingDialogs dialog={dialog} onChanged={reload} />
    </>
  );
}
