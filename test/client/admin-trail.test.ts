import { beforeEach, describe, expect, it } from "vitest";
import { placeFrom } from "../../client/admin/admin-path.ts";
import { trailSentence } from "../../client/admin/trail/trail-words.ts";
import { language } from "../../client/i18n/language.ts";
import type { TrailItem } from "../../server/protocol/trail.ts";

const item = (change: Partial<TrailItem>): TrailItem => ({
  seq: 1,
  at: 0,
  actor: { kind: "account", id: "acc_siti" },
  action: "roster.imported",
  subject: { kind: "programme", id: "prg_a" },
  people: [],
  programmeId: null,
  sessionId: null,
  detail: {},
  ...change,
});
const NAMES = { acc_siti: "Siti Rahma", enr_a: "Ayu", enr_x: null, key_a: "LMS" };

describe("the trail in words", () => {
  beforeEach(() => {
    language.value = "id";
  });

  it.each([
    [{ detail: { created: 2, updated: 0 } }, "Siti Rahma", "memasukkan peserta", null, "2 baru"],
    [
      { action: "person.erased", people: ["enr_x"], detail: { reason: "request" } },
      "Siti Rahma",
      "menghapus data pribadi",
      "tentang orang yang dihapus",
      "diminta orangnya",
    ],
    [
      { action: "marks.made", people: ["enr_a", "b", "c", "d"] },
      "Siti Rahma",
      "mencatat presensi",
      "tentang Ayu, b, c, dan 1 orang lain",
      null,
    ],
    [
      { action: "attendance.exported", actor: { kind: "key", id: "key_a" }, detail: { format: "csv" } },
      "Kunci API LMS",
      "mengunduh kehadiran",
      null,
      "CSV",
    ],
    [
      { action: "policy.changed", detail: { fields: ["minSlotShare", "later"] } },
      "Siti Rahma",
      "mengubah aturan program",
      null,
      "yang berubah: batas kehadiran slot, later",
    ],
    [
      { action: "surveys.changed", detail: { fields: ["endForm", "ownQuestions"] } },
      "Siti Rahma",
      "mengubah survei",
      null,
      "yang berubah: survei akhir program, pertanyaan program sendiri",
    ],
    [
      { action: "links.revoked", detail: { revoked: 3 } },
      "Siti Rahma",
      "mencabut beberapa tautan pribadi",
      null,
      "3 dicabut",
    ],
    [
      { action: "of-later.versions", actor: { kind: "command-line", id: null } },
      "Baris perintah server",
      "mencatat “of-later.versions”",
      null,
      null,
    ],
  ] as const)("TR6 says %j", (change, who, did, about, added) => {
    expect(trailSentence(item(change as Partial<TrailItem>), NAMES)).toEqual({ who, did, about, added });
  });

  it("TR6 has an address", () => {
    expect(placeFrom("/admin/trail")).toEqual({ page: "trail" });
    expect(placeFrom("/admin/trail/1")).toEqual({ page: "unknown" });
  });
});
