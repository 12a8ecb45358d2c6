import { afterEach, describe, expect, it } from "vitest";
import { enErrors } from "../../client/i18n/en/errors.ts";
import {
  formatClock,
  formatDate,
  formatNumber,
  formatShare,
  formatTime,
  formatTimeRange,
  formatTimer,
} from "../../client/i18n/format.ts";
import { idErrors } from "../../client/i18n/id/errors.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { errorText, t, WORDS } from "../../client/i18n/t.ts";
import { createTranslate } from "../../client/i18n/translate.ts";
import { ERRORS, type ErrorCode } from "../../server/protocol/errors.ts";

const paramsIn = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]));

afterEach(() => changeLanguage("id"));

describe("dictionaries", () => {
  it("UI1 have the same keys in both languages, none of them empty", () => {
    expect(Object.keys(WORDS.en).sort()).toEqual(Object.keys(WORDS.id).sort());
    for (const text of [...Object.values(WORDS.id), ...Object.values(WORDS.en)])
      expect(text.trim()).not.toBe("");
  });

  it("UI1 take the same parameters in both languages", () => {
    for (const key of Object.keys(WORDS.id) as (keyof typeof WORDS.id)[]) {
      expect([...paramsIn(WORDS.en[key])].sort(), key).toEqual([...paramsIn(WORDS.id[key])].sort());
    }
  });

  it("UI2 have a sentence for every code of the table, in both languages", () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      expect(idErrors[code], code).toMatch(/^\p{Lu}.*\.$/u);
      expect(enErrors[code], code).toMatch(/^\p{Lu}.*\.$/u);
    }
    expect(Object.keys(idErrors).sort()).toEqual(Object.keys(ERRORS).sort());
  });
});

describe("translating", () => {
  it("UI1 follows the language, Indonesian first", () => {
    expect(t("bar.leave")).toBe("Keluar");
    expect(errorText("class-not-open")).toBe("Kelas belum dimulai.");
    changeLanguage("en");
    expect(t("bar.leave")).toBe("Leave");
    expect(errorText("offline")).toContain("cannot be reached");
  });

  it("UI1 fills parameters and chooses between one and many", () => {
    const count = createTranslate({
      id: { people: "{count} orang" },
      en: { people: "{count} {count|person|people}" },
    } as const);
    expect(count("people", { count: 1 })).toBe("1 orang");
    changeLanguage("en");
    expect(count("people", { count: 1 })).toBe("1 person");
    expect(count("people", { count: 12 })).toBe("12 people");
  });
});

describe("dates, times and numbers", () => {
  // Monday, 5 August 2024, 09:30 in Jakarta.
  const at = Date.UTC(2024, 7, 5, 2, 30);

  it("UI3 are Indonesian: comma decimals, points in times, zones by their names", () => {
    expect(formatDate(at, "Asia/Jakarta")).toBe("Senin, 5 Agustus 2024");
    expect(formatTime(at, "Asia/Jakarta")).toBe("09.30 WIB");
    expect(formatTime(at, "Asia/Makassar")).toBe("10.30 WITA");
    expect(formatTime(at, "Asia/Jayapura")).toBe("11.30 WIT");
    expect(formatTimeRange(at, at + 45 * 60_000, "Asia/Jakarta")).toBe("09.30–10.15 WIB");
    expect(formatNumber(1.5)).toBe("1,5");
    expect(formatNumber(1100)).toBe("1.100");
    expect(formatShare(8444)).toBe("84 %");
    expect(formatShare(7999)).toBe("79 %");
    expect(formatShare(8550, 2)).toBe("85,5 %");
    expect(formatShare(8000)).toBe("80 %");
  });

  it("UI3 are British in English", () => {
    changeLanguage("en");
    expect(formatDate(at, "Asia/Jakarta")).toBe("Monday, 5 August 2024");
    expect(formatClock(at, "Asia/Jakarta")).toBe("09:30");
    expect(formatNumber(1.25)).toBe("1.25");
  });

  it("UI3 write midnight as 00.00 and timers with tabular fields", () => {
    expect(formatClock(Date.UTC(2024, 7, 4, 17, 0), "Asia/Jakarta")).toBe("00.00");
    expect(formatTimer(65_000)).toBe("01:05");
    expect(formatTimer(3_909_000)).toBe("1:05:09");
    expect(formatTimer(-5)).toBe("00:00");
  });
});
