import type { OwnAttendance } from "../../server/protocol/api.ts";
import { creditedTotalMs } from "../../server/protocol/credited-time.ts";
import type { PersonAttendance } from "../../server/protocol/evidence.ts";
import { formatNumber, wholeMinutes } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { slotWordsFrom } from "./slot-words.ts";
import "./ended.css";

/** One's own minutes and JP, slot by slot, each with its rule. */
export function OwnAttendanceTable({
  own,
  attendance,
}: {
  own: OwnAttendance;
  attendance: PersonAttendance;
}) {
  const now = Date.now();
  const isSoFar = own.status !== "closed";
  return (
    <section class="own" aria-labelledby="own-title">
      <h2 id="own-title" class="own-title">
        {t(isSoFar ? "ended.attendance.soFar" : "ended.attendance")}
      </h2>
      <ul class="own-slots figures">
        {attendance.slots.map((slot, index) => {
          const { words, jp, notes } = slotWordsFrom(slot, own, now);
          return (
            <li key={slot.slotId} class="own-slot">
              <span>
                <strong>{t("ended.slot.name", { number: index + 1 })}</strong>: {words}
                {notes.map((note) => (
                  <small key={note} class="own-note">
                    {note}
                  </small>
                ))}
              </span>
              <span class="own-jp">{jp === null ? "–" : `→ ${jp}`}</span>
            </li>
          );
        })}
      </ul>
      <p class="own-total figures">
        <span>{t("ended.total")}</span>
        <strong>
          {t("ended.total.minutes", { minutes: wholeMinutes(creditedTotalMs(attendance.slots)) })} ·{" "}
          {t("jp", { jp: formatNumber(attendance.jp) })}
        </strong>
      </p>
    </section>
  );
}
