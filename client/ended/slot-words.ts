import type { OwnAttendance } from "../../server/protocol/api.ts";
import { creditedMsOf } from "../../server/protocol/credited-time.ts";
import type { SlotAttendance } from "../../server/protocol/evidence.ts";
import { formatNumber, formatShare, wholeMinutes } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";

/** How a slot's JP came about, in words, and the JP where they are decided. */
export interface SlotWords {
  readonly words: string;
  /** Null while the slot is not over, and where it was not held. */
  readonly jp: string | null;
  /** What of the minutes was not observed but counts all the same. */
  readonly notes: readonly string[];
}

type Rules = Pick<OwnAttendance, "status" | "slots" | "minSlotShare" | "slotCredit">;

/** `hadir 38 dari 45 menit (84 %), batas 80 %`, `1 JP`. */
export function slotWordsFrom(slot: SlotAttendance, rules: Rules, now: number): SlotWords {
  const times = rules.slots.find(({ id }) => id === slot.slotId);
  const isRuled = slot.because === "adjusted" || slot.because === "marked";
  if (times && !isRuled && now < times.startAt) return { words: t("ended.slot.coming"), jp: null, notes: [] };
  if (times && !isRuled && now < times.endAt && rules.status === "open") {
    return { words: t("ended.slot.running", { present: presentMinutes(slot) }), jp: null, notes: [] };
  }
  const jp = slot.because === "not-held" ? null : t("jp", { jp: formatNumber(slot.jp) });
  return { words: finishedWords(slot, rules), jp, notes: notesFrom(slot) };
}

function finishedWords(slot: SlotAttendance, rules: Rules): string {
  const present = presentMinutes(slot);
  const held = wholeMinutes(slot.heldMs);
  const share = formatShare(slot.share);
  switch (slot.because) {
    case "not-held":
      if (slot.heldMs === 0) return t("ended.slot.notHeld");
      return held === 0 ? t("ended.slot.underMinute") : t("ended.slot.tooShort", { present, held });
    case "adjusted":
      return t("ended.slot.adjusted", { present, held });
    case "marked":
      return t(isAway(slot, rules) ? "ended.slot.markedAway" : "ended.slot.marked");
    case "unmarked":
      return t("ended.slot.unmarked");
    case "proportional":
      return t("ended.slot.proportional", { present, held, share });
    case "met":
    case "below":
      return t("ended.slot.counted", { present, held, share, limit: formatShare(rules.minSlotShare, 2) });
  }
}

/** A mark that gave nothing of a slot that has something to give. */
function isAway(slot: SlotAttendance, { slots }: Rules): boolean {
  return slot.computedJp === 0 && slots.some(({ id, jp }) => id === slot.slotId && jp > 0);
}

function presentMinutes(slot: SlotAttendance): number {
  return wholeMinutes(creditedMsOf(slot));
}

function notesFrom(slot: SlotAttendance): readonly string[] {
  const bridged = wholeMinutes(slot.bridgedMs);
  const outage = wholeMinutes(slot.outageMs);
  return [
    ...(bridged > 0 ? [t("ended.slot.bridged", { minutes: bridged })] : []),
    ...(outage > 0 ? [t("ended.slot.outage", { minutes: outage })] : []),
  ];
}
