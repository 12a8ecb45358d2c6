import "./time-line.css";
import type { AttendanceItem, AttendanceReportJson } from "../../server/protocol/api.ts";
import type { Slot } from "../../server/protocol/evidence.ts";

type Interval = AttendanceReportJson["held"][number];

interface TimeLineProps {
  readonly slot: Pick<Slot, "startAt" | "endAt">;
  readonly held: readonly Interval[];
  readonly outages: readonly Interval[];
  readonly spans: AttendanceItem["spans"];
}

/** A slot as a bar: when the class was held and when the person was there. Words stand beside it. */
export function TimeLine({ slot, held, outages, spans }: TimeLineProps) {
  return (
    <span class="time-line" aria-hidden="true">
      {within(held, slot).map((part) => (
        <span key={part.startAt} class="tl tl-held" style={placeIn(part, slot)} />
      ))}
      {within(outages, slot).map((part) => (
        <span key={part.startAt} class="tl tl-down" style={placeIn(part, slot)} />
      ))}
      {within(spans, slot).map((part) => (
        <span key={`${part.kind}${part.startAt}`} class={`tl tl-${part.kind}`} style={placeIn(part, slot)} />
      ))}
    </span>
  );
}

function within<Part extends Interval>(parts: readonly Part[], slot: Interval): readonly Part[] {
  return parts.filter((part) => part.startAt < slot.endAt && slot.startAt < part.endAt);
}

function placeIn(part: Interval, slot: Interval): { left: string; width: string } {
  const lengthMs = slot.endAt - slot.startAt;
  const startAt = Math.max(part.startAt, slot.startAt);
  const endAt = Math.min(part.endAt, slot.endAt);
  const percent = (ms: number) => `${((100 * ms) / lengthMs).toFixed(3)}%`;
  return { left: percent(startAt - slot.startAt), width: percent(endAt - startAt) };
}
