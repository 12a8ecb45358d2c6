import { useState } from "preact/hooks";
import { isStaff } from "../../../server/protocol/people.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { useClassroom } from "../classroom-context.ts";

/** As `breakouts.plan` takes them. */
const MOST_ROOMS = 100;
const PEOPLE_A_ROOM = 4;

/** How many rooms, and who deals the people out. */
export function PlanForm({ onPlanned }: { onPlanned: () => void }) {
  const { attendees, act } = useClassroom();
  const participants = attendees.value.filter(({ person }) => !isStaff(person.role)).length;
  const [count, setCount] = useState(Math.max(2, Math.round(participants / PEOPLE_A_ROOM)));
  const [assign, setAssign] = useState<"even" | "empty">("even");
  const plan = async () => {
    if (await act("breakouts.plan", { count, assign })) onPlanned();
  };
  const choices = [
    {
      value: "even",
      label: t("breakouts.evenly"),
      hint: t("breakouts.evenly.hint", { count: Math.ceil(participants / Math.max(1, count)) }),
    },
    { value: "empty", label: t("breakouts.byHand"), hint: t("breakouts.byHand.hint") },
  ] as const;
  return (
    <form
      class="plan"
      onSubmit={(event) => {
        event.preventDefault();
        void plan();
      }}
    >
      <p class="soft">{t("breakouts.explain")}</p>
      <label class="field plan-count">
        <span class="field-label">{t("breakouts.count")}</span>
        <input
          class="input figures"
          type="number"
          min={1}
          max={MOST_ROOMS}
          required
          value={count}
          onInput={(event) => setCount(event.currentTarget.valueAsNumber || 0)}
        />
      </label>
      <fieldset class="plan-choices">
        <legend class="field-label">{t("breakouts.how")}</legend>
        {choices.map(({ value, label, hint }) => (
          <label key={value} class="plan-choice">
            <input type="radio" name="assign" checked={assign === value} onChange={() => setAssign(value)} />
            <span>
              {label}
              <br />
              <span class="field-hint">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button tone="primary" type="submit">
        {t("breakouts.plan")}
      </Button>
    </form>
  );
}
