import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ProgrammeJson, SessionDetail } from "../../../server/protocol/api-records.ts";
import type { SessionMode } from "../../../server/protocol/evidence.ts";
import { formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { jpSum } from "../programmes/jp-sum.ts";
import { goTo } from "../shell/admin-link.tsx";
import {
  draftsFrom,
  firstSlot,
  type SlotDraft,
  slotErrorsFrom,
  slotsBodyFrom,
  slotWarningsFrom,
  ZONES,
} from "./slot-draft.ts";
import { SlotRows } from "./slot-rows.tsx";

const MODES: readonly SessionMode[] = ["online", "offline", "hybrid"];

interface Draft {
  readonly unit: string;
  readonly title: string;
  readonly mode: SessionMode;
  readonly zone: string;
  readonly group: string;
  readonly slots: readonly SlotDraft[];
}

interface SessionFormProps {
  readonly programme: ProgrammeJson;
  readonly groups: readonly string[];
  /** The session to change; without it a new one is planned. */
  readonly session?: SessionDetail;
}

/** Plans a session, or changes one: what it is, for whom, and its slots. */
export function SessionForm({ programme, groups: known, session }: SessionFormProps) {
  const { code, units, policy } = programme;
  const draft = useSignal<Draft>(
    session
      ? draftOf(session)
      : {
          unit: units[0]?.code ?? "",
          title: "",
          mode: "online",
          zone: ZONES[0].name,
          group: "",
          slots: [firstSlot(Date.now(), ZONES[0], policy.minutesPerJp)],
        },
  );
  const isFixed = session !== undefined && session.status !== "scheduled";
  const groups = [...new Set([...known, ...(session?.group ? [session.group] : [])])].sort();
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const { unit, title, mode, group, slots } = draft.value;
  const zone = ZONES.find(({ name }) => name === draft.value.zone) ?? ZONES[0];
  const unitJp = units.find((one) => one.code === unit)?.jp ?? 0;

  const errorsNow = () => {
    const found = new Map(slotErrorsFrom(draft.value.slots, zone));
    if (draft.value.title.trim() === "") found.set("title", t("field.required"));
    return found;
  };
  const change = (part: Partial<Draft>) => {
    draft.value = { ...draft.value, ...part };
    if (errors.value.size > 0) errors.value = errorsNow();
  };
  const show = (found: ReadonlyMap<string, string>, text: string) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    const found = errorsNow();
    if (found.size > 0) return show(found, t("form.check"));
    isSaving.value = true;
    const body = {
      unit,
      title: title.trim(),
      mode,
      timeZone: zone.timeZone,
      ...(group === "" ? {} : { group }),
      slots: slotsBodyFrom(slots, zone),
    };
    const answer = await (session
      ? adminApi.changeSession(session.id, body)
      : adminApi.createSession(code, body));
    isSaving.value = false;
    if (!answer.ok) {
      const refused = fieldErrorsFrom(answer.errors);
      return show(refused, refused.size > 0 ? t("form.check") : errorText(answer.code));
    }
    const overlap = answer.data.warnings.map(({ message }) => overlapTextFrom(message)).find(Boolean);
    const saved = t(session ? "editSession.saved" : "newSession.created");
    showToast(overlap ? { text: `${saved} ${overlap}` } : { tone: "good", text: saved });
    goTo(adminPath.session(answer.data.id));
  };

  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {isFixed && <Notice tone="wait">{t("editSession.begun")}</Notice>}
      <section class="card panel form-grid">
        <TextField
          label={t("newSession.name")}
          hint={t("newSession.name.hint")}
          value={title}
          error={errors.value.get("title")}
          onValue={(value) => change({ title: value })}
        />
        <SelectField
          label={t("newSession.unit")}
          value={unit}
          error={errors.value.get("unit")}
          isFixed={isFixed}
          onValue={(value) => change({ unit: value })}
        >
          {units.map((one) => (
            <option key={one.code} value={one.code}>
              {t("newSession.unit.option", { title: one.title, jp: formatNumber(one.jp) })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("newSession.mode")}
          hint={t(`mode.${mode}.hint`)}
          value={mode}
          isFixed={isFixed}
          onValue={(value) => change({ mode: MODES.find((one) => one === value) ?? "online" })}
        >
          {MODES.map((one) => (
            <option key={one} value={one}>
              {t(`mode.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("newSession.zone")}
          value={zone.name}
          isFixed={isFixed}
          onValue={(value) => change({ zone: value })}
        >
          {ZONES.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        {groups.length > 0 && (
          <SelectField
            label={t("newSession.group")}
            value={group}
            error={errors.value.get("group")}
            isFixed={isFixed}
            onValue={(value) => change({ group: value })}
          >
            <option value="">{t("newSession.group.all")}</option>
            {groups.map((one) => (
              <option key={one} value={one}>
                {t("newSession.group.one", { group: one })}
              </option>
            ))}
          </SelectField>
        )}
      </section>
      <section class="card panel">
        <h2 class="panel-title">{t("newSession.slots")}</h2>
        <p class="soft small">{t("newSession.slots.hint", { minutes: policy.minutesPerJp })}</p>
        <SlotRows
          slots={slots}
          zone={zone}
          minutesPerJp={policy.minutesPerJp}
          errors={errors.value}
          warnings={slotWarningsFrom(slots, zone, {
            minutesPerJp: policy.minutesPerJp,
            unitJp,
            now: Date.now(),
          })}
          onChange={(rows) => change({ slots: rows })}
        />
        <p class="figures">
          <strong>
            {t("newSession.total", {
              slots: slots.length,
              jp: formatNumber(jpSum(slotsBodyFrom(slots, zone))),
            })}
          </strong>
        </p>
      </section>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="form-foot">
        <Button type="submit" tone="primary" disabled={isSaving.value}>
          {isSaving.value ? t("admin.saving") : t(session ? "admin.save" : "newSession.create")}
        </Button>
        <Button
          tone="quiet"
          onClick={() => goTo(session ? adminPath.session(session.id) : adminPath.sessions(code))}
        >
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

function draftOf(session: SessionDetail): Draft {
  const zone = ZONES.find(({ timeZone }) => timeZone === session.timeZone) ?? ZONES[0];
  return {
    unit: session.unit,
    title: session.title,
    mode: session.mode,
    zone: zone.name,
    group: session.group ?? "",
    slots: draftsFrom(session, zone, Date.now()),
  };
}

/** That the same people have another session at that time, which only warns. */
function overlapTextFrom(message: string): string | null {
  const title = /^is at the same time as (.*)$/.exec(message)?.[1];
  return title === undefined ? null : t("newSession.warning.sameTime", { title });
}
