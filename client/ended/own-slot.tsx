import { useSignal } from "@preact/signals";
import type { OwnAttendance, OwnIntervals } from "../../server/protocol/api.ts";
import type { OwnDispute, OwnDisputes } from "../../server/protocol/disputes.ts";
import type { SlotAttendance } from "../../server/protocol/evidence.ts";
import { TimeLine } from "../attendance/time-line.tsx";
import { ownDisputeFile } from "../http/join-api.ts";
import {
  formatClockSeconds,
  formatNumber,
  formatShortDate,
  formatTime,
  formatTimeRange,
} from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { DisputeForm } from "./dispute-form.tsx";
import { disputeText } from "./dispute-words.ts";
import { slotWordsFrom } from "./slot-words.ts";

/** Of one slot, as the server has it (DP2): after three nothing more is offered. */
const MAX_DISPUTES = 3;

interface OwnSlotProps {
  readonly linkId: string;
  readonly own: OwnAttendance;
  readonly slot: SlotAttendance;
  /** The slot's place in the session, from 1. */
  readonly number: number;
  readonly intervals: OwnIntervals | null;
  readonly disputes: OwnDisputes | null;
  readonly timeZone: string;
  readonly now: number;
  readonly onOpen: () => void;
  readonly onDisputed: () => void;
}

/** One slot in words; below, the times behind it, and what one has to say against it. */
export function OwnSlot(props: OwnSlotProps) {
  const { linkId, own, slot, number, intervals, disputes, timeZone, now, onOpen } = props;
  const { words, jp, notes } = slotWordsFrom(slot, own, now);
  const times = own.slots.find(({ id }) => id === slot.slotId);
  const filed = disputes?.items.filter(({ slotId }) => slotId === slot.slotId) ?? [];
  return (
    <li class="own-slot">
      <div class="own-slot-line">
        <span>
          <strong>{t("ended.slot.name", { number })}</strong>: {words}
          {notes.map((note) => (
            <small key={note} class="own-note">
              {note}
            </small>
          ))}
        </span>
        <span class="own-jp">{jp === null ? "–" : `→ ${jp}`}</span>
      </div>
      {filed.length > 0 && <Filed {...{ linkId, filed, number, timeZone }} />}
      {times && now >= times.startAt && (
        <details
          class="own-details"
          onToggle={(event) => {
            if (event.currentTarget.open) onOpen();
          }}
        >
          <summary aria-label={disputeText("detail.openOf", { number })}>
            {disputeText("detail.open")}
          </summary>
          {intervals ? (
            <Times slot={times} number={number} intervals={intervals} />
          ) : (
            <p class="soft small">{t("loading")}</p>
          )}
          {disputes && now >= times.endAt && now <= disputes.until && <Objection {...props} filed={filed} />}
        </details>
      )}
    </li>
  );
}

function Times(props: { slot: OwnAttendance["slots"][number]; number: number; intervals: OwnIntervals }) {
  const { slot, number, intervals } = props;
  const { spans, held, outages, timeZone } = intervals;
  const own = spans.filter(({ slotId }) => slotId === slot.id);
  const adjustment = intervals.adjustments.find(({ slotId }) => slotId === slot.id);
  return (
    <>
      <p class="soft small figures">{formatTimeRange(slot.startAt, slot.endAt, timeZone)}</p>
      <TimeLine slot={slot} held={held} outages={outages} spans={spans} />
      {own.length === 0 && <p class="soft small">{disputeText("detail.none")}</p>}
      <ul class="own-times small figures" aria-label={disputeText("detail.list", { number })}>
        {own.map(({ kind, startAt, endAt }) => (
          <li key={`${kind}${startAt}`}>
            <span class="legend-mark" aria-hidden="true">
              <span class={`tl tl-${kind}`} />
            </span>
            {formatClockSeconds(startAt, timeZone)}–{formatClockSeconds(endAt, timeZone)}{" "}
            {disputeText(`detail.${kind}`)}
          </li>
        ))}
      </ul>
      {adjustment && (
        <p class="small">
          {disputeText("detail.adjusted", {
            jp: formatNumber(adjustment.computedJp),
            reason: adjustment.reason,
          })}
        </p>
      )}
    </>
  );
}

function Objection(props: OwnSlotProps & { filed: readonly OwnDispute[] }) {
  const { linkId, slot, number, filed, onDisputed } = props;
  const isWriting = useSignal(false);
  const isWaiting = filed.some(({ state }) => state === "open" || state === "proposed");
  if (isWaiting || filed.length >= MAX_DISPUTES) return null;
  if (!isWriting.value) {
    return (
      <Button
        class="dispute-start"
        onClick={() => {
          isWriting.value = true;
        }}
      >
        {disputeText("dispute.start")}
      </Button>
    );
  }
  return (
    <DisputeForm
      linkId={linkId}
      slotId={slot.slotId}
      number={number}
      onDone={(isSent) => {
        isWriting.value = false;
        if (isSent) onDisputed();
      }}
    />
  );
}

const TONES = { open: "hand", proposed: "hand", approved: "good", rejected: "trouble" } as const;

function Filed(props: { linkId: string; filed: readonly OwnDispute[]; number: number; timeZone: string }) {
  const { linkId, filed, number, timeZone } = props;
  const when = (at: number) => `${formatShortDate(at, timeZone)} ${formatTime(at, timeZone)}`;
  return (
    <ul class="own-disputes" aria-label={disputeText("dispute.list", { number })}>
      {filed.map((dispute) => (
        <li key={dispute.disputeId} class={`own-dispute own-dispute-${TONES[dispute.state]}`}>
          <strong>{stateText(dispute)}</strong>
          <span class="own-dispute-reason">“{dispute.reason}”</span>
          <span class="soft small figures">
            {disputeText("dispute.at", { time: when(dispute.createdAt) })}
            {dispute.decidedAt !== null &&
              ` · ${disputeText("dispute.decidedAt", { time: when(dispute.decidedAt) })}`}
            {dispute.file && (
              <>
                {" · "}
                <a href={ownDisputeFile(linkId, dispute.disputeId)} download>
                  {dispute.file.name}
                </a>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function stateText({ state, jp, answer }: OwnDispute): string {
  if (state === "approved") return disputeText("dispute.state.approved", { jp: formatNumber(jp ?? 0) });
  if (state === "rejected") return disputeText("dispute.state.rejected", { reason: answer ?? "" });
  return disputeText(`dispute.state.${state}`);
}
