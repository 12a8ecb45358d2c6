import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide";
import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { t } from "../admin-words.ts";
import { SelectField, TextField } from "../form/field.tsx";
import {
  hasScore,
  hasShare,
  REQUIREMENT_KINDS,
  type RequirementDraft,
  requirementDraft,
} from "./policy-draft.ts";

interface RequirementRowsProps {
  readonly rows: readonly RequirementDraft[];
  readonly units: ProgrammeJson["units"];
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (rows: readonly RequirementDraft[]) => void;
}

/** What completion needs, in the order in which decisions list it. */
export function RequirementRows({ rows, units, errors, onChange }: RequirementRowsProps) {
  const nextKey = Math.max(0, ...rows.map(({ key }) => key)) + 1;
  const unused = REQUIREMENT_KINDS.find((kind) => rows.every((row) => row.kind !== kind)) ?? "assignment";
  const swap = (index: number, other: number) => {
    const next = [...rows];
    const [one, two] = [rows[index], rows[other]];
    if (!one || !two) return;
    next[index] = two;
    next[other] = one;
    onChange(next);
  };
  return (
    <>
      {rows.length === 0 && <p class="soft">{t("policy.noRequirements")}</p>}
      {rows.map((row, index) => (
        <fieldset key={row.key} class="form-row form-row-requirement">
          <legend class="visually-hidden">{t("policyForm.requirement", { number: index + 1 })}</legend>
          <RequirementFields
            row={row}
            units={units}
            errorOf={(field) => errors.get(`requirements.${index}.${field}`)}
            onChange={(part) => onChange(rows.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          />
          <div class="requirement-actions">
            <IconButton
              icon={ArrowUp}
              label={t("policyForm.up", { number: index + 1 })}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            />
            <IconButton
              icon={ArrowDown}
              label={t("policyForm.down", { number: index + 1 })}
              disabled={index === rows.length - 1}
              onClick={() => swap(index, index + 1)}
            />
            <IconButton
              icon={Trash2}
              label={t("policyForm.remove", { number: index + 1 })}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            />
          </div>
        </fieldset>
      ))}
      <div>
        <Button icon={Plus} onClick={() => onChange([...rows, requirementDraft(nextKey, unused)])}>
          {t("policyForm.add")}
        </Button>
      </div>
    </>
  );
}

interface RequirementFieldsProps {
  readonly row: RequirementDraft;
  readonly units: ProgrammeJson["units"];
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (part: Partial<RequirementDraft>) => void;
}

function RequirementFields({ row, units, errorOf, onChange }: RequirementFieldsProps) {
  const { kind, code, share, score } = row;
  return (
    <>
      <SelectField
        label={t("policyForm.kind")}
        error={errorOf("kind")}
        value={kind}
        onValue={(value) =>
          onChange({ kind: REQUIREMENT_KINDS.find((known) => known === value) ?? kind, code: "" })
        }
      >
        {REQUIREMENT_KINDS.map((known) => (
          <option key={known} value={known}>
            {t(`policyForm.kind.${known}`)}
          </option>
        ))}
      </SelectField>
      {kind === "attendance.unit" && (
        <SelectField
          label={t("policyForm.unit")}
          error={errorOf("code")}
          value={code}
          onValue={(value) => onChange({ code: value })}
        >
          <option value="">{t("policyForm.unit.choose")}</option>
          {units.map((unit) => (
            <option key={unit.code} value={unit.code}>
              {unit.title}
            </option>
          ))}
        </SelectField>
      )}
      {kind === "assignment" && (
        <TextField
          label={t("policyForm.assignment")}
          error={errorOf("code")}
          value={code}
          onValue={(value) => onChange({ code: value })}
        />
      )}
      {hasShare(kind) && (
        <TextField
          label={t("policyForm.share")}
          inputMode="decimal"
          error={errorOf("share")}
          value={share}
          onValue={(value) => onChange({ share: value })}
        />
      )}
      {hasScore(kind) && (
        <TextField
          label={t("policyForm.score")}
          isOptional
          inputMode="decimal"
          error={errorOf("score")}
          value={score}
          onValue={(value) => onChange({ score: value })}
        />
      )}
    </>
  );
}
