import { useSignal } from "@preact/signals";
import type { AttendanceReportJson } from "../../../server/protocol/api.ts";
import type { DisputeJson } from "../../../server/protocol/disputes.ts";
import { TimeLine } from "../../attendance/time-line.tsx";
import { formatNumber, formatShortDate, formatTime, formatTimeRange } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { explanationFrom } from "../attendance/explanation.ts";
import { TextField } from "../form/field.tsx";
import { CorrectionForm } from "./propose-correction.tsx";

export interface DisputedSession {
  readonly id: string;
  readonly timeZone: string;
  readonly slots: AttendanceReportJson["session"]["slots"];
}

interface DisputeCardProps {
  readonly dispute: DisputeJson;
  readonly session: DisputedSession;
  /** The session's attendance, where it is at hand: the computed value stands beside what is said. */
  readonly report: AttendanceReportJson | null;
  readonly onDone: () => Promise<void>;
}

const BADGES = { open: "hand", proposed: "hand", approved: "good", rejected: "trouble" } as const;

/** What a participant says about a slot, what the evidence says, and what to do about it. */
export function DisputeCard({ dispute, session, report, onDone }: DisputeCardProps) {
  const { slots, timeZone } = session;
  const index = slots.findIndex(({ id }) => id === dispute.slotId);
  const slot = slots[index];
  const name = dispute.person?.name ?? dispute.enrolmentId;
  const when = (at: number) => `${formatShortDate(at, timeZone)} ${formatTime(at, timeZone)}`;
  return (
    <>
      <div class="correction-head">
        <div>
          <h3 class="person-name">{name}</h3>
          {slot && (
            <p class="soft small figures">
              {t("corrections.slot", {
                number: index + 1,
                time: formatTimeRange(slot.startAt, slot.endAt, timeZone),
              })}
            </p>
          )}
        </div>
        <span class={`badge badge-${BADGES[dispute.state]}`}>
          {dispute.state === "approved"
            ? t("disputes.state.approved", { jp: formatNumber(dispute.jp ?? 0) })
            : t(`disputes.state.${dispute.state}`)}
        </span>
      </div>
      <p class="correction-reason dispute-reason">{dispute.reason}</p>
      <p class="soft small">
        {t("disputes.at", { time: when(dispute.createdAt) })}
        {dispute.file && (
          <>
            {" · "}
            <a href={adminApi.disputeFile(session.id, dispute.disputeId)} download>
              {t("disputes.file", { name: dispute.file.name })}
            </a>
          </>
        )}
      </p>
      {report && <Computed dispute={dispute} report={report} />}
      {dispute.answer !== null && dispute.decidedAt !== null && (
        <p class="small dispute-reason">
          {t("disputes.answeredBy", {
            name: dispute.answeredByName ?? "",
            time: when(dispute.decidedAt),
            reason: dispute.answer,
          })}
        </p>
      )}
      {dispute.state === "open" && canChange.value && slot && (
        <Answer {...{ dispute, session, slot, name, onDone }} />
      )}
    </>
  );
}

function Computed({ dispute, report }: { dispute: DisputeJson; report: AttendanceReportJson }) {
  const at = report.session.slots.findIndex(({ id }) => id === dispute.slotId);
  const slot = report.session.slots[at];
  const item = report.items.find((one) => one.enrolmentId === dispute.enrolmentId);
  const own = item?.slots[at];
  if (!slot || !item || !own) return null;
  const { sentence, notes } = explanationFrom(slot, own, {
    report,
    item,
    isClassOpen: false,
    now: Date.now(),
  });
  return (
    <div class="dispute-computed">
      <p class="small figures">{t("disputes.now", { sentence, jp: formatNumber(own.jp) })}</p>
      <TimeLine slot={slot} held={report.held} outages={report.outages} spans={item.spans} />
      {notes.map((note) => (
        <p key={note} class="soft small">
          {note}
        </p>
      ))}
    </div>
  );
}

interface AnswerProps {
  readonly dispute: DisputeJson;
  readonly session: DisputedSession;
  readonly slot: { readonly id: string; readonly jp: number };
  readonly name: string;
  readonly onDone: () => Promise<void>;
}

function Answer({ dispute, session, slot, name, onDone }: AnswerProps) {
  const step = useSignal<"none" | "propose" | "reject">("none");
  const close = () => {
    step.value = "none";
  };
  if (step.value === "propose") {
    return (
      <CorrectionForm
        label={t("disputes.propose.of", { name })}
        jp={slot.jp}
        send={(body) => adminApi.proposeFromDispute(session.id, dispute.disputeId, body)}
        onSent={onDone}
        onCancel={close}
      />
    );
  }
  if (step.value === "reject") return <RejectForm {...{ dispute, session, name, onDone }} onCancel={close} />;
  return (
    <div class="correction-actions">
      <Button
        tone="primary"
        aria-label={t("disputes.propose.of", { name })}
        onClick={() => {
          step.value = "propose";
        }}
      >
        {t("disputes.propose")}
      </Button>
      <Button
        aria-label={t("disputes.reject.of", { name })}
        onClick={() => {
          step.value = "reject";
        }}
      >
        {t("disputes.reject")}
      </Button>
    </div>
  );
}

function RejectForm(props: Omit<AnswerProps, "slot"> & { readonly onCancel: () => void }) {
  const { dispute, session, name, onDone, onCancel } = props;
  const reason = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const isSending = useSignal(false);
  const send = async () => {
    error.value = reason.value.trim() === "" ? t("field.required") : undefined;
    if (error.value !== undefined || isSending.value) return;
    isSending.value = true;
    const answer = await adminApi.rejectDispute(session.id, dispute.disputeId, reason.value);
    isSending.value = false;
    failure.value = answer.ok ? null : errorText(answer.code);
    if (!answer.ok) return;
    showToast({ tone: "good", text: t("disputes.rejected") });
    await onDone();
  };
  return (
    <form
      class="form"
      noValidate
      aria-label={t("disputes.reject.of", { name })}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        label={t("disputes.reject.reason")}
        hint={t("disputes.reject.hint")}
        error={error.value}
        value={reason.value}
        onValue={(value) => {
          reason.value = value;
        }}
      />
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="correction-actions">
        <Button type="submit" tone="trouble" disabled={isSending.value}>
          {t("disputes.reject.send")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
