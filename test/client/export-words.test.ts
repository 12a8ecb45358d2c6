import { afterEach, describe, expect, it } from "vitest";
import { EXPORT_WORDS, leftText } from "../../client/export/export-words.ts";
import { formatBytes, formatLength } from "../../client/i18n/format.ts";
import { changeLanguage } from "../../client/i18n/language.ts";

const paramsIn = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]));

afterEach(() => changeLanguage("id"));

describe("the words of exports", () => {
  it("RX12 say sizes, lengths and what is left as people do", () => {
    expect([0, 11_200, 4_250_000, 312_400_000, 1_440_000_000, 240_000_000_000].map(formatBytes)).toEqual([
      ...["0 MB", "12 kB", "4,3 MB", "312 MB", "1,4 GB", "240 GB"],
    ]);
    expect([12_000, 60_000, 6_720_000, 7_200_000].map(formatLength)).toEqual([
      ...["12 detik", "1 menit", "1 jam 52 menit", "2 jam"],
    ]);
    expect([null, 59_000, 61_000, 3_600_000].map(leftText)).toEqual([
      "sisa waktu sedang dihitung",
      "kurang dari semenit lagi",
      "kira-kira 2 menit lagi",
      "kira-kira 1 jam 0 menit lagi",
    ]);
    changeLanguage("en");
    expect(leftText(61_000)).toBe("about 2 minutes left");
    expect(formatLength(6_720_000)).toBe("1 hour 52 minutes");
  });

  it("RX12 are the same in both languages, with the same parameters", () => {
    for (const key of Object.keys(EXPORT_WORDS.id) as (keyof typeof EXPORT_WORDS.id)[]) {
      expect([...paramsIn(EXPORT_WORDS.en[key])].sort(), key).toEqual(
        [...paramsIn(EXPORT_WORDS.id[key])].sort(),
      );
    }
  });
});
