import type { OwnAttendance } from "../../server/protocol/api.ts";
import type { SlotAttendance } from "../../server/protocol/evidence.ts";
import { formatShare, wholeMinutes } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";

/** `hadir 38 dari 45 menit (84 %), batas 80 %`: how a slot's JP came about. */
export function slotWords(
  slot: SlotAttendance,
  rules: Pick<OwnAttendance, "minSlotShare" | "slotCredit">,
): string {
  const present = wholeMinutes(slot.observedMs + slot.bridgedMs + slot.outageMs);
  const held = wholeMinutes(slot.heldMs);
  const share = formatShare(slot.share);
  switch (slot.because) {
    case "not-held":
      return slot.heldMs > 0 ? t("ended.slot.tooShort", { present, held }) : t("ended.slot.notHeld");
    case "adjusted":
      return t("ended.slot.adjusted", { present, held });
    case "marked":
      return t("ended.slot.marked");
    case "unmarked":
      return t("ended.slot.unmarked");
    case "proportional":
      return t("ended.slot.proportional", { present, held, share });
    case "met":
    case "below":
      return t("ended.slot.counted", { present, held, share, limit: formatShare(rules.minSlotShare, 2) });
  }
}

/** What of it was not observed but counts all the same, from one whole minute. */
export function minutesWords(slot: SlotAttendance): readonly string[] {
  const bridged = wholeMinutes(slot.bridgedMs);
  const outage = wholeMinutes(slot.outageMs);
  return [
    ...(bridged > 0 ? [t("ended.slot.bridged", { minutes: bridged })] : []),
    ...(outage > 0 ? [t("ended.slot.outage", { minutes: outage })] : []),
  ];
}
