import { Plus, Trash2, TriangleAlert } from "lucide";
import { formatDate } from "../../i18n/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../admin-words.ts";
import { TextField } from "../form/field.tsx";
import { atFrom, type SlotDraft, slotAfter, type Zone } from "./slot-draft.ts";

interface SlotRowsProps {
  readonly slots: readonly SlotDraft[];
  readonly zone: Zone;
  readonly minutesPerJp: number;
  readonly errors: ReadonlyMap<string, string>;
  readonly warnings: ReadonlyMap<string, string>;
  readonly onChange: (slots: readonly SlotDraft[]) => void;
}

/** The slots of a session being planned: one row each, what is wrong or odd under it. */
export function SlotRows({ slots, zone, minutesPerJp, errors, warnings, onChange }: SlotRowsProps) {
  const changeAt = (at: number, part: Partial<SlotDraft>) =>
    onChange(slots.map((slot, index) => (index === at ? { ...slot, ...part } : slot)));
  const add = () => {
    const last = slots.at(-1);
    const key = Math.max(0, ...slots.map((slot) => slot.key)) + 1;
    if (last) onChange([...slots, slotAfter(last, key, zone, minutesPerJp)]);
  };
  return (
    <>
      {slots.map((slot, index) => {
        const number = index + 1;
        const errorOf = (field: string) => errors.get(`slots.${index}.${field}`);
        return (
          <fieldset key={slot.key} class="form-row form-row-slot">
            <legend class="visually-hidden">{t("newSession.slot.label", { number })}</legend>
            <span class="form-row-number figures" aria-hidden="true">
              {number}
            </span>
            <TextField
              type="date"
              label={t("newSession.slot.date")}
              hint={dayText(slot.date, zone)}
              value={slot.date}
              error={errorOf("date")}
              isFixed={slot.isFixed}
              onValue={(date) => changeAt(index, { date })}
            />
            <TextField
              inputMode="decimal"
              label={t("newSession.slot.start")}
              value={slot.start}
              error={errorOf("startAt")}
              isFixed={slot.isFixed}
              onValue={(start) => changeAt(index, { start })}
            />
            <TextField
              inputMode="decimal"
              label={t("newSession.slot.end")}
              value={slot.end}
              error={errorOf("endAt")}
              isFixed={slot.isFixed}
              onValue={(end) => changeAt(index, { end })}
            />
            <TextField
              label={t("newSession.slot.jp")}
              inputMode="decimal"
              value={slot.jp}
              error={errorOf("jp")}
              isFixed={slot.isFixed}
              onValue={(jp) => changeAt(index, { jp })}
            />
            {slots.length > 1 && !slot.isFixed && (
              <IconButton
                icon={Trash2}
                class="form-row-remove"
                label={t("newSession.slot.remove", { number })}
                onClick={() => onChange(slots.filter((_, other) => other !== index))}
              />
            )}
            <RowNote error={errors.get(`slots.${index}`)} warning={warnings.get(`slots.${index}`)} />
          </fieldset>
        );
      })}
      <RowNote error={errors.get("slots")} warning={warnings.get("slots")} />
      <div>
        <Button icon={Plus} onClick={add}>
          {t("newSession.slot.add")}
        </Button>
      </div>
    </>
  );
}

function RowNote({ error, warning }: { error: string | undefined; warning: string | undefined }) {
  const text = error ?? warning;
  if (!text) return null;
  return (
    <p class={`row-warning ${error ? "field-error" : ""}`} role="status">
      <Icon of={TriangleAlert} size={16} />
      {text}
    </p>
  );
}

/** The day in words: browsers write dates in the order of their own language. */
function dayText(date: string, zone: Zone): string | undefined {
  const noonAt = atFrom(date, "12:00", zone);
  return noonAt === null ? undefined : formatDate(noonAt, zone.timeZone);
}
