import { useState } from "preact/hooks";
import { isStaff } from "../../../server/protocol/people.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { useClassroom } from "../classroom-context.ts";

/** As `breakouts.plan` takes them. */
const MOST_ROOMS = 100;
const MOST_MINUTES = 480;
const PEOPLE_A_ROOM = 4;

type Assign = "even" | "mixed" | "together" | "chosen" | "empty";

/** How many rooms, for how long, and who deals the people out. */
export function PlanForm({ onPlanned }: { onPlanned: () => void }) {
  const { attendees, act } = useClassroom();
  const participants = attendees.value.filter(({ person }) => !isStaff(person.role)).length;
  const [count, setCount] = useState(Math.max(2, Math.round(participants / PEOPLE_A_ROOM)));
  const [assign, setAssign] = useState<Assign>("even");
  const [minutes, setMinutes] = useState<number | null>(null);
  const [limit, setLimit] = useState<number | null>(null);
  const share = Math.max(1, Math.ceil(participants / Math.max(1, count)));
  const plan = async () => {
    const planned = await act("breakouts.plan", {
      count,
      assign,
      ...(minutes ? { minutes } : {}),
      ...(assign === "chosen" ? { limit: limit ?? share } : {}),
    });
    if (planned) onPlanned();
  };
  return (
    <form
      class="plan"
      onSubmit={(event) => {
        event.preventDefault();
        void plan();
      }}
    >
      <p class="soft">{t("breakouts.explain")}</p>
      <div class="plan-numbers">
        <NumberField
          label={t("breakouts.count")}
          most={MOST_ROOMS}
          value={count}
          onChange={(to) => setCount(to ?? 0)}
          isRequired
        />
        <NumberField
          label={t("rooms.minutes")}
          hint={t("rooms.minutes.hint")}
          most={MOST_MINUTES}
          value={minutes}
          onChange={setMinutes}
        />
      </div>
      <PlanChoices assign={assign} onAssign={setAssign} share={share} limit={limit ?? share} />
      {assign === "chosen" && (
        <NumberField
          label={t("rooms.limit")}
          most={1000}
          value={limit ?? share}
          onChange={setLimit}
          isRequired
        />
      )}
      <Button tone="primary" type="submit">
        {t("breakouts.plan")}
      </Button>
    </form>
  );
}

function PlanChoices(props: {
  assign: Assign;
  onAssign: (assign: Assign) => void;
  share: number;
  limit: number;
}) {
  const { assign, onAssign, share, limit } = props;
  const choices: readonly { value: Assign; label: string; hint: string }[] = [
    { value: "even", label: t("breakouts.evenly"), hint: t("breakouts.evenly.hint", { count: share }) },
    { value: "mixed", label: t("rooms.mixed"), hint: t("rooms.mixed.hint") },
    { value: "together", label: t("rooms.together"), hint: t("rooms.together.hint") },
    { value: "chosen", label: t("rooms.chosen"), hint: t("rooms.chosen.hint", { limit }) },
    { value: "empty", label: t("breakouts.byHand"), hint: t("breakouts.byHand.hint") },
  ];
  return (
    <fieldset class="plan-choices">
      <legend class="field-label">{t("breakouts.how")}</legend>
      {choices.map(({ value, label, hint }) => (
        <label key={value} class="plan-choice">
          <input type="radio" name="assign" checked={assign === value} onChange={() => onAssign(value)} />
          <span>
            {label}
            <br />
            <span class="field-hint">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface NumberFieldProps {
  label: string;
  hint?: string;
  most: number;
  value: number | null;
  onChange: (value: number | null) => void;
  isRequired?: boolean;
}

function NumberField({ label, hint, most, value, onChange, isRequired = false }: NumberFieldProps) {
  return (
    <label class="field plan-count">
      <span class="field-label">{label}</span>
      <input
        class="input figures"
        type="number"
        min={1}
        max={most}
        required={isRequired}
        value={value ?? ""}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber || null)}
      />
      {hint && <span class="field-hint">{hint}</span>}
    </label>
  );
}
