import { afterEach, describe, expect, it } from "vitest";
import { ADMIN_WORDS } from "../../client/admin/admin-words.ts";
import { decimalFrom } from "../../client/admin/form/decimal.ts";
import { fieldErrorText } from "../../client/admin/form/field-error-text.ts";
import { rosterCsvFrom } from "../../client/admin/participants/roster-paste.ts";
import { jpSum } from "../../client/admin/programmes/jp-sum.ts";
import { policyWords } from "../../client/admin/programmes/policy-words.ts";
import {
  emptyUnit,
  programmeBodyFrom,
  programmeErrorsFrom,
} from "../../client/admin/programmes/programme-draft.ts";
import {
  atFrom,
  draftsFrom,
  firstSlot,
  type SlotDraft,
  slotAfter,
  slotErrorsFrom,
  slotsBodyFrom,
  slotWarningsFrom,
  ZONES,
} from "../../client/admin/sessions/slot-draft.ts";
import { answerFrom } from "../../client/http/request-json.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { programmeBodySchema, sessionBodySchema } from "../../server/protocol/api-records.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import { slotIdSchema } from "../../server/protocol/ids.ts";
import { fieldErrorsFrom } from "../../server/transport/field-refusal.ts";

afterEach(() => changeLanguage("id"));

const [WIB, , WIT] = ZONES;

describe("words", () => {
  const paramsIn = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]);

  it("UI1 the administration has every word in both languages, with the same parameters", () => {
    const { id, en } = ADMIN_WORDS;
    expect(Object.keys(en).sort()).toEqual(Object.keys(id).sort());
    for (const key of Object.keys(id) as (keyof typeof id)[]) {
      expect(id[key].trim(), key).not.toBe("");
      expect([...new Set(paramsIn(en[key]))].sort(), key).toEqual([...new Set(paramsIn(id[key]))].sort());
    }
  });

  it("AM10 the rules are sentences with the programme's own numbers", () => {
    const [jp, credit, bridge] = policyWords({ ...DEFAULT_POLICY, minSlotShare: 8550, bridgeGapMs: 90_000 });
    expect(jp).toBe("1 JP adalah 45 menit.");
    expect(credit).toContain("sedikitnya 85,5 %");
    expect(bridge).toContain("sampai 90 detik");
    expect(
      policyWords({
        ...DEFAULT_POLICY,
        slotCredit: "proportional",
        requirements: [{ code: "attendance.unit:ETIKA", minShare: 8000 }, { code: "survey" }],
      }),
    ).toContain("Syarat kelulusan: hadir ETIKA sedikitnya 80 %; mengisi survei.");
  });
});

describe("numbers", () => {
  it.each([
    ["1,5", 1.5],
    [" 2 ", 2],
    ["0.25", 0.25],
    ["1,255", null],
    ["-1", null],
    ["", null],
    ["1e3", null],
  ])("AM11 %j is %j", (text, value) => expect(decimalFrom(text)).toBe(value));

  it("AM11 sums are exact", () => expect(jpSum([{ jp: 0.1 }, { jp: 0.2 }])).toBe(0.3));
});

describe("a new programme", () => {
  const unit = { ...emptyUnit(1), code: "A", title: "Konsep", jp: "6" };

  it("AM11 says what is missing, wrong and taken, where it is", () => {
    const draft = {
      code: "A B",
      title: " ",
      units: [unit, { ...unit, key: 2, jp: "x" }, { ...unit, key: 3, code: "B", selfStudyJp: "7" }],
    };
    expect(Object.fromEntries(programmeErrorsFrom(draft))).toEqual({
      code: "Pakai 1 sampai 32 huruf, angka, titik, atau tanda hubung, tanpa spasi.",
      title: "Isian ini wajib diisi.",
      "units.1.code": "Kode ini sudah dipakai.",
      "units.1.jp": "Isi angka JP, paling banyak dua desimal, misalnya 2 atau 1,5.",
      "units.2.selfStudyJp": "Tidak boleh lebih dari JP mata pelatihan.",
    });
  });

  it("AM11 without errors is one that the server takes", () => {
    const draft = { code: " AI-1 ", title: "Pelatihan", units: [{ ...unit, jp: "1,5", selfStudyJp: "0,5" }] };
    expect(programmeErrorsFrom(draft).size).toBe(0);
    expect(programmeBodySchema.parse(programmeBodyFrom(draft)).units).toEqual([
      { code: "A", title: "Konsep", jp: 1.5, selfStudyJp: 0.5 },
    ]);
  });
});

describe("slots", () => {
  const now = Date.UTC(2024, 7, 4, 3);

  it("AM12 are offered one after the other, a JP long, the next day when the day is full", () => {
    const first = firstSlot(now, WIB, 45);
    expect(first).toMatchObject({ date: "2024-08-05", start: "09.00", end: "09.45", jp: "1" });
    expect(slotAfter(first, 2, WIB, 45)).toMatchObject({ date: "2024-08-05", start: "09.45", end: "10.30" });
    expect(slotAfter({ ...first, end: "23.40" }, 2, WIB, 45)).toMatchObject({
      date: "2024-08-06",
      start: "09.00",
    });
  });

  it("AM12 are in the zone that was chosen", () => {
    expect(atFrom("2024-08-05", "9.30", WIB)).toBe(Date.UTC(2024, 7, 5, 2, 30));
    expect(atFrom("2024-08-05", "09:30", WIT)).toBe(Date.UTC(2024, 7, 5, 0, 30));
    expect(atFrom("2024-02-30", "09.30", WIB)).toBeNull();
    expect(atFrom("2024-08-05", "24.00", WIB)).toBeNull();
    expect(atFrom("2024-08-05", "pagi", WIB)).toBeNull();
  });

  it("AM12 say what is wrong with them and what is odd", () => {
    const first = firstSlot(now, WIB, 45);
    const drafts = [
      first,
      { ...first, key: 2, start: "09.30", end: "10.30" },
      { ...first, key: 3, end: "08.00" },
    ];
    expect(Object.fromEntries(slotErrorsFrom(drafts, WIB))).toEqual({
      "slots.1": "Waktu slot ini bertumpuk dengan slot 1.",
      "slots.2.endAt": "Jam selesai harus sesudah jam mulai.",
    });
    const warnings = slotWarningsFrom(drafts, WIB, { minutesPerJp: 45, unitJp: 2, now });
    expect(Object.fromEntries(warnings)).toEqual({
      "slots.1": "Lamanya 60 menit, sedangkan 1 JP biasanya 45 menit.",
      slots: "Slot sesi ini 3 JP, lebih dari JP mata pelatihan (2 JP).",
    });
  });

  it("AM32 of a session keep their ids; of a class that was held, those that began stand fast", () => {
    const slots = [
      {
        id: slotIdSchema.parse("slt_1"),
        startAt: Date.UTC(2024, 7, 5, 2),
        endAt: Date.UTC(2024, 7, 5, 3),
        jp: 1.5,
      },
      {
        id: slotIdSchema.parse("slt_2"),
        startAt: Date.UTC(2024, 7, 6, 2),
        endAt: Date.UTC(2024, 7, 6, 3),
        jp: 1,
      },
    ];
    const drafts = draftsFrom({ slots, status: "closed" }, WIB, Date.UTC(2024, 7, 5, 2));
    expect(drafts.map(({ isFixed }) => isFixed)).toEqual([true, false]);
    expect(drafts[0]).toMatchObject({ date: "2024-08-05", start: "09.00", end: "10.00", jp: "1,5" });
    expect(slotsBodyFrom(drafts, WIB)).toEqual(slots);
    const [planned] = draftsFrom({ slots, status: "scheduled" }, WIB, Date.UTC(2024, 7, 5, 2));
    expect(planned?.isFixed).toBe(false);
    const added = slotAfter({ ...drafts[0], end: "" } as SlotDraft, 3, WIB, 45);
    expect(added.id).toBeUndefined();
    expect(added.isFixed).toBeFalsy();
  });

  it("AM12 without errors are ones that the server takes", () => {
    const first = firstSlot(now, WIB, 45);
    const drafts = [first, slotAfter(first, 2, WIB, 45)];
    expect(slotErrorsFrom(drafts, WIB).size).toBe(0);
    const body = { unit: "A", title: "AI", mode: "online", timeZone: WIB.timeZone };
    expect(sessionBodySchema.safeParse({ ...body, slots: slotsBodyFrom(drafts, WIB) }).success).toBe(true);
  });
});

describe("what the server says is wrong", () => {
  it.each([
    ["somebody of this programme has this address", "Alamat surel ini sudah terdaftar di program ini."],
    ["overlaps slot 0", "Waktu slot ini bertumpuk dengan slot 1."],
    ["row 3 has it too", "Nomor ini sudah ada di baris 3."],
    ["externalId and name must be there", "Kolom NIP/ID, Nama harus ada."],
    ["Foo is none of externalId, name", "Kolom “Foo” tidak dikenal. Kolom yang ada: NIP/ID, Nama."],
    ["something new", "Isian ini belum benar."],
  ])("AM13 %j is said in the person's language", (message, text) => {
    expect(fieldErrorText(message)).toBe(text);
  });

  it("AM13 every message of the programme's and the session's bodies has a sentence of its own", () => {
    const bad = [
      programmeBodySchema.safeParse({ code: "A B", title: "", units: [{ code: "", title: "x", jp: 1.234 }] }),
      programmeBodySchema.safeParse({
        code: "A",
        title: "x\ny",
        units: [
          { code: "A", title: "x", jp: 1, selfStudyJp: 2 },
          { code: "B", title: "x".repeat(300), jp: 1 },
        ],
      }),
      sessionBodySchema.safeParse({
        unit: "A",
        title: "x",
        mode: "online",
        timeZone: "Asia/Jakarta",
        slots: [
          { startAt: 5, endAt: 6, jp: 1 },
          { startAt: Date.UTC(2024), endAt: Date.UTC(2024), jp: 1 },
        ],
      }),
    ].flatMap((result) => fieldErrorsFrom(result.error?.issues ?? []));
    expect(bad.length).toBeGreaterThan(6);
    for (const { path, message } of bad) {
      expect(fieldErrorText(message), `${path}: ${message}`).not.toBe("Isian ini belum benar.");
    }
  });

  it("AM13 is read from the problem's details; anything else in their place is dropped", () => {
    const body = JSON.stringify({
      code: "bad-request",
      errors: [{ path: "a", message: "b" }, 5, { path: 1 }],
    });
    expect(answerFrom(400, body)).toMatchObject({
      code: "bad-request",
      errors: [{ path: "a", message: "b" }],
    });
    expect(answerFrom(502, "<html>")).toEqual({ ok: false, code: "unavailable", detail: undefined });
  });
});

describe("a pasted roster", () => {
  it("AM14 has its titles made field names and its tabs made semicolons", () => {
    const pasted = 'NIP\tNama Lengkap\tInstansi\r\n1985\tSiti; S.E.\t"A"\r\n';
    expect(rosterCsvFrom(pasted)).toBe('externalId;name;institution\n1985;"Siti; S.E.";"A"\n');
  });

  it("AM14 that is a file already stays as it is under its titles", () => {
    expect(rosterCsvFrom('\ufeff"NIP";Nama;Surel\n1;"a;b";c')).toBe('externalId;name;email\n1;"a;b";c');
    expect(rosterCsvFrom("externalId,name,Foo\n1,a,b")).toBe("externalId,name,Foo\n1,a,b");
  });
});
