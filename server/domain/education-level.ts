import type { EducationLevel } from "../protocol/entry.ts";

/** What people write for each level, in capitals, without dots, hyphens and blanks. */
const WRITTEN: readonly (readonly [EducationLevel, RegExp])[] = [
  ["S3", /^(S3|STRATA(3|III)|DOKTOR|DOKTORAL)/],
  ["S2", /^(S2|STRATA(2|II)(?!I)|MAGISTER|PASCASARJANA)/],
  ["S1", /^(S1|STRATA(1|I)(?!I)|SARJANA|D4|DIV|DIPLOMA(4|IV))/],
  ["D3", /^(D3|DIII|DIPLOMA(3|III)|AHLIMADYA)/],
  ["D2", /^(D2|DII(?!I)|DIPLOMA(2|II)(?!I))/],
  ["D1", /^(D1|DI(?![IV])|DIPLOMA(1|I)(?![IV]))/],
  ["SMA", /^(SMA|SMK|SMU|SMEA|STM|SLTA|MA$|MAK$|MADRASAHALIYAH|PAKETC)/],
  ["SMP", /^(SMP|SLTP|MTS|MADRASAHTSANAWIYAH|PAKETB)/],
  ["SD", /^(SD|MI$|MADRASAHIBTIDAIYAH|PAKETA)/],
];

/** The level that somebody's words for their education mean: "S-1 Teknik", "D III", "Sarjana (S1)"; null for others. */
export function educationLevelFrom(text: string): EducationLevel | null {
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const strict = WRITTEN.find(([, written]) => written.test(plain));
  return strict?.[0] ?? null;
}
