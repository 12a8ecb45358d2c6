import { Plus, Trash2 } from "lucide";
import { Button, IconButton } from "../../ui/button.tsx";
import { t } from "../admin-words.ts";
import { TextField } from "../form/field.tsx";
import { type DraftErrors, emptyUnit, type UnitDraft } from "./programme-draft.ts";

/** A programme's units, a row each, with a button for one more. */
export function UnitRows(props: {
  units: readonly UnitDraft[];
  errors: DraftErrors;
  onChange: (units: readonly UnitDraft[]) => void;
}) {
  const { units, errors, onChange } = props;
  const changeAt = (at: number, part: Partial<UnitDraft>) =>
    onChange(units.map((unit, index) => (index === at ? { ...unit, ...part } : unit)));
  const nextKey = Math.max(0, ...units.map((unit) => unit.key)) + 1;
  return (
    <>
      {units.map((unit, index) => {
        const number = index + 1;
        const errorOf = (field: string) => errors.get(`units.${index}.${field}`);
        return (
          <fieldset key={unit.key} class="form-row form-row-unit">
            <legend class="visually-hidden">{t("newProgramme.unit.label", { number })}</legend>
            <TextField
              label={t("newProgramme.unit.name")}
              value={unit.title}
              error={errorOf("title")}
              onValue={(title) => changeAt(index, { title })}
            />
            <TextField
              label={t("newProgramme.unit.code")}
              value={unit.code}
              error={errorOf("code")}
              onValue={(code) => changeAt(index, { code })}
            />
            <TextField
              label={t("newProgramme.unit.jp")}
              inputMode="decimal"
              value={unit.jp}
              error={errorOf("jp")}
              onValue={(jp) => changeAt(index, { jp })}
            />
            <TextField
              label={t("newProgramme.unit.selfStudyJp")}
              inputMode="decimal"
              value={unit.selfStudyJp}
              error={errorOf("selfStudyJp")}
              onValue={(selfStudyJp) => changeAt(index, { selfStudyJp })}
            />
            {units.length > 1 && (
              <IconButton
                icon={Trash2}
                class="form-row-remove"
                label={t("newProgramme.unit.remove", { number })}
                onClick={() => onChange(units.filter((_, other) => other !== index))}
              />
            )}
          </fieldset>
        );
      })}
      <div>
        <Button icon={Plus} onClick={() => onChange([...units, emptyUnit(nextKey)])}>
          {t("newProgramme.unit.add")}
        </Button>
      </div>
    </>
  );
}
