import { useState } from "preact/hooks";
import { isStaff } from "../../../server/protocol/people.ts";
import { errorText, t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useClassroom } from "../classroom-context.ts";
import { planArgsFrom } from "./plan-args.ts";
import { type PreparedRooms, usePreparedRooms } from "./use-prepared-rooms.ts";

/** As `breakouts.plan` takes them. */
const MOST_ROOMS = 100;
const MOST_MINUTES = 480;
const PEOPLE_A_ROOM = 4;

type Assign = "even" | "mixed" | "together" | "chosen" | "empty";

/** Stands for the groups of last time in the choice of plans. */
const LAST = "last";

/** What the rooms work on, and who goes where: by a saved plan, as last time, or by a rule chosen here. */
export function PlanForm({ onPlanned }: { onPlanned: () => void }) {
  const { attendees, connection, linkId } = useClassroom();
  const prepared = usePreparedRooms(linkId);
  const participants = attendees.value.filter(({ person }) => !isStaff(person.role)).length;
  const [planId, setPlan] = useState("");
  const [caseId, setCase] = useState("");
  const [count, setCount] = useState(Math.max(2, Math.round(participants / PEOPLE_A_ROOM)));
  const [assign, setAssign] = useState<Assign>("even");
  const [minutes, setMinutes] = useState<number | null>(null);
  const [limit, setLimit] = useState<number | null>(null);
  const share = Math.max(1, Math.ceil(participants / Math.max(1, count)));
  const saved = savedPlanFrom(prepared, planId);
  const work = prepared.cases.find((one) => one.caseId === caseId);
  const choosePlan = (to: string) => {
    const chosen = prepared.plans.find((one) => one.planId === to);
    setPlan(to);
    if (chosen?.caseId) setCase(chosen.caseId);
    if (chosen) setMinutes(chosen.minutes);
  };
  const plan = async () => {
    const rule = { count, assign, limit: assign === "chosen" ? (limit ?? share) : null, groups: null };
    const args = planArgsFrom(saved ?? rule, { caseId: work?.caseId ?? null, minutes });
    const answer = await connection.command("breakouts.plan", args);
    if (!answer.ok) return showToast({ text: errorText(answer.code), tone: "trouble" });
    const { skipped = 0 } = (answer.data ?? {}) as { readonly skipped?: number };
    if (skipped > 0) showToast({ text: t("rooms.plan.skipped", { count: skipped }) });
    onPlanned();
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
      <PreparedChoices
        prepared={prepared}
        linkId={linkId}
        planId={planId}
        onPlan={choosePlan}
        caseId={work ? caseId : ""}
        onCase={setCase}
      />
      <div class="plan-numbers">
        {!saved && (
          <NumberField
            label={t("breakouts.count")}
            most={MOST_ROOMS}
            value={count}
            onChange={(to) => setCount(to ?? 0)}
            isRequired
          />
        )}
        <NumberField
          label={t("rooms.minutes")}
          hint={work ? t("rooms.minutes.ofCase", { minutes: work.minutes }) : t("rooms.minutes.hint")}
          most={MOST_MINUTES}
          value={minutes}
          onChange={setMinutes}
        />
      </div>
      {!saved && <PlanChoices assign={assign} onAssign={setAssign} share={share} limit={limit ?? share} />}
      {!saved && assign === "chosen" && (
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

function savedPlanFrom({ plans, last }: PreparedRooms, planId: string) {
  if (planId !== LAST) return plans.find((plan) => plan.planId === planId) ?? null;
  const groups = last?.groups ?? [];
  return { count: groups.length, assign: "even", limit: null, groups } as const;
}

function PreparedChoices(props: {
  prepared: PreparedRooms;
  linkId: string;
  planId: string;
  onPlan: (planId: string) => void;
  caseId: string;
  onCase: (caseId: string) => void;
}) {
  const { prepared, linkId, planId, onPlan, caseId, onCase } = props;
  const { cases, plans, last } = prepared;
  return (
    <div class="plan-prepared">
      {(plans.length > 0 || last) && (
        <label class="field">
          <span class="field-label">{t("rooms.plan.saved")}</span>
          <select class="input" value={planId} onChange={(event) => onPlan(event.currentTarget.value)}>
            <option value="">{t("rooms.plan.none")}</option>
            {plans.map((plan) => (
              <option key={plan.planId} value={plan.planId}>
                {plan.title}
              </option>
            ))}
            {last?.from && <option value={LAST}>{t("rooms.plan.last", { session: last.from.title })}</option>}
          </select>
        </label>
      )}
      {cases.length > 0 && (
        <label class="field">
          <span class="field-label">{t("rooms.plan.case")}</span>
          <select class="input" value={caseId} onChange={(event) => onCase(event.currentTarget.value)}>
            <option value="">{t("rooms.plan.case.none")}</option>
            {cases.map((work) => (
              <option key={work.caseId} value={work.caseId}>
                {work.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <a class="plan-link" href={`/class/${encodeURIComponent(linkId)}/cases`} target="_blank" rel="noopener">
        {t("cases.prepare")}
      </a>
    </div>
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
