import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import { formatNumber } from "../../i18n/format.ts";
import type { ProgrammeBody } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { decimalFrom } from "../form/decimal.ts";

export interface UnitDraft {
  /** For the page: rows keep their fields when one above them goes. */
  readonly key: number;
  readonly code: string;
  readonly title: string;
  readonly jp: string;
  readonly selfStudyJp: string;
}

export interface ProgrammeDraft {
  readonly code: string;
  readonly title: string;
  readonly units: readonly UnitDraft[];
}

export type DraftErrors = ReadonlyMap<string, string>;

export function emptyUnit(key: number): UnitDraft {
  return { key, code: "", title: "", jp: "", selfStudyJp: "" };
}

/** What is there, as the form has it. */
export function programmeDraftFrom({ code, title, units }: ProgrammeJson): ProgrammeDraft {
  return {
    code,
    title,
    units: units.map((unit, index) => ({
      key: index + 1,
      code: unit.code,
      title: unit.title,
      jp: formatNumber(unit.jp),
      selfStudyJp: unit.selfStudyJp === 0 ? "" : formatNumber(unit.selfStudyJp),
    })),
  };
}

/** What can be told before asking the server, by the paths that the server uses too. */
export function programmeErrorsFrom({ code, title, units }: ProgrammeDraft): DraftErrors {
  const errors = new Map<string, string>();
  const codes = units.map((unit) => unit.code.trim());
  checkCode(errors, "code", code);
  if (title.trim() === "") errors.set("title", t("field.required"));
  units.forEach((unit, index) => {
    const at = `units.${index}`;
    checkCode(errors, `${at}.code`, unit.code);
    if (codes.indexOf(unit.code.trim()) < index && !errors.has(`${at}.code`)) {
      errors.set(`${at}.code`, t("field.codeTaken"));
    }
    if (unit.title.trim() === "") errors.set(`${at}.title`, t("field.required"));
    const jp = decimalFrom(unit.jp);
    const selfStudyJp = selfStudyFrom(unit);
    if (jp === null) errors.set(`${at}.jp`, t(unit.jp.trim() === "" ? "field.required" : "field.jp"));
    if (selfStudyJp === null) errors.set(`${at}.selfStudyJp`, t("field.jp"));
    else if (jp !== null && selfStudyJp > jp) errors.set(`${at}.selfStudyJp`, t("field.selfStudyJp"));
  });
  return errors;
}

function checkCode(errors: Map<string, string>, path: string, code: string): void {
  const given = code.trim();
  if (given === "") errors.set(path, t("field.required"));
  else if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$/.test(given)) errors.set(path, t("field.code"));
}

function selfStudyFrom(unit: UnitDraft): number | null {
  return unit.selfStudyJp.trim() === "" ? 0 : decimalFrom(unit.selfStudyJp);
}

/** What is sent, of a draft without errors. */
export function programmeBodyFrom({ code, title, units }: ProgrammeDraft): ProgrammeBody {
  return {
    code: code.trim(),
    title: title.trim(),
    units: units.map((unit) => ({
      code: unit.code.trim(),
      title: unit.title.trim(),
      jp: decimalFrom(unit.jp) ?? 0,
      selfStudyJp: selfStudyFrom(unit) ?? 0,
    })),
  };
}
