import { afterEach, describe, expect, it } from "vitest";
import { peopleIn, summariesFrom, summaryFrom } from "../../client/admin/attendance/attendance-summary.ts";
import { durationOf, durationText, exactDuration } from "../../client/admin/attendance/duration-text.ts";
import { explanationFrom } from "../../client/admin/attendance/explanation.ts";
import { slotStateFrom } from "../../client/admin/attendance/slot-state.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import type { AttendanceItem } from "../../server/protocol/api.ts";
import { DEFAULT_POLICY, type Slot, type SlotAttendance } from "../../server/protocol/evidence.ts";

const MINUTE = 60_000;
/** 09.30 in Jakarta. */
const START = Date.UTC(2024, 7, 5, 2, 30);
const slots: Slot[] = [0, 1].map((index) => ({
  id: `slt_${index}`,
  startAt: START + index * 45 * MINUTE,
  endAt: START + (index + 1) * 45 * MINUTE,
  jp: 1,
}));
const [first, second] = slots as [Slot, Slot];
const OVER = START + 120 * MINUTE;

function own(slot: Slot, part: Partial<SlotAttendance> = {}): SlotAttendance {
  const held = { slotId: slot.id, heldMs: 45 * MINUTE, bridgedMs: 0, outageMs: 0 };
  return { ...held, observedMs: 45 * MINUTE, share: 10_000, jp: 1, computedJp: 1, because: "met", ...part };
}

function person(name: string, part: Partial<AttendanceItem> = {}): AttendanceItem {
  return {
    enrolmentId: `enr_${name}`,
    externalId: "198503122010011004",
    name,
    institution: "Kota Bandung",
    jp: 2,
    slots: [own(first), own(second)],
    firstJoinedAt: START,
    lastLeftAt: OVER,
    observedMs: 90 * MINUTE,
    spans: [],
    rulings: [],
    ...part,
  };
}

const NONE = { observedMs: 0, share: 0, jp: 0, computedJp: 0, because: "below" } as const;
const absent = person("Cut", {
  jp: 0,
  slots: [own(first, NONE), own(second, NONE)],
  firstJoinedAt: null,
  lastLeftAt: null,
  observedMs: 0,
});
const late = person("Budi", {
  jp: 1,
  slots: [own(first, { observedMs: 30 * MINUTE, share: 6666, jp: 0, because: "below" }), own(second)],
  observedMs: 75 * MINUTE,
});

function reportOf(items: AttendanceItem[], outages: { startAt: number; endAt: number }[] = []) {
  return {
    session: {
      id: "ses_1",
      title: "AI",
      unit: "A",
      mode: "online" as const,
      timeZone: "Asia/Jakarta",
      slots,
    },
    policy: DEFAULT_POLICY,
    rosterFixed: true,
    items,
    held: [{ startAt: START, endAt: OVER }],
    outages,
  };
}

afterEach(() => changeLanguage("id"));

describe("what a session comes to", () => {
  it.each([
    ["met", person("Ani")],
    ["short", late],
    ["absent", absent],
  ] as const)("AM1 is %s", (outcome, item) => expect(summaryFrom(item, slots).outcome).toBe(outcome));

  it("AM1 asks nothing of a slot that was not held", () => {
    const item = person("Ani", { jp: 1, slots: [own(first), own(second, { jp: 0, because: "not-held" })] });
    expect(summaryFrom(item, slots)).toMatchObject({ outcome: "met", possibleJp: 1, heldMs: 45 * MINUTE });
  });

  it("AM1 is open while no slot was held", () => {
    const nothing = slots.map((slot) => own(slot, { jp: 0, because: "not-held" }));
    expect(summaryFrom(person("Ani", { jp: 0, slots: nothing }), slots)).toMatchObject({
      outcome: "open",
      share: null,
    });
    const nobody = person("Cut", { jp: 0, slots: nothing, firstJoinedAt: null });
    expect(summaryFrom(nobody, slots).outcome).toBe("absent");
    expect(summaryFrom(nobody, slots, false).outcome).toBe("open");
  });

  it("AM1 floors the share, so that nobody below a threshold reads that they reached it", () => {
    expect(summaryFrom(late, slots).share).toBe(8333);
  });

  it("AM1 counts a mark and an adjustment as JP had", () => {
    const item = person("Ani", {
      slots: [own(first, { because: "adjusted" }), own(second)],
      firstJoinedAt: null,
    });
    expect(summaryFrom(item, slots).outcome).toBe("met");
  });
});

describe("the list", () => {
  const summaries = summariesFrom(reportOf([late, absent, person("Ani"), person("Émile")]));
  const names = (view: Partial<Parameters<typeof peopleIn>[1]>) =>
    peopleIn(summaries, { filter: "all", query: "", sort: "name", isDescending: false, ...view }).map(
      ({ item }) => item.name,
    );

  it("AM2 is ordered by name, filtered by outcome, searched without accents", () => {
    expect(names({})).toEqual(["Ani", "Budi", "Cut", "Émile"]);
    expect(names({ filter: "absent" })).toEqual(["Cut"]);
    expect(names({ query: "emile bandung" })).toEqual(["Émile"]);
    expect(names({ query: "1985 ani" })).toEqual(["Ani"]);
  });

  it("AM2 orders equals by name, whichever way it is turned", () => {
    expect(names({ sort: "jp" })).toEqual(["Cut", "Budi", "Ani", "Émile"]);
    expect(names({ sort: "jp", isDescending: true })).toEqual(["Ani", "Émile", "Budi", "Cut"]);
    expect(names({ sort: "minutes" })).toEqual(["Cut", "Budi", "Ani", "Émile"]);
    expect(names({ sort: "share", isDescending: true })).toEqual(["Ani", "Émile", "Budi", "Cut"]);
  });
});

describe("a slot's state", () => {
  const attendance = { because: "not-held", heldMs: 10 * MINUTE } as const;
  it.each([
    ["before", START - 1, true],
    ["running", START, true],
    ["decided", START + 45 * MINUTE, true],
    ["decided", START + 5 * MINUTE, false],
  ] as const)("AM3 is %s", (state, now, isOpen) =>
    expect(slotStateFrom(first, attendance, isOpen, now)).toBe(state),
  );

  it("AM3 is decided at once by a mark or an adjustment", () => {
    expect(slotStateFrom(first, { because: "adjusted", heldMs: 0 }, true, START - 1)).toBe("decided");
  });
});

describe("durations", () => {
  it("AM4 are whole minutes, with seconds where they are short", () => {
    expect(durationText(38 * MINUTE + 59_999)).toBe("38 menit");
    expect(durationText(112_000)).toBe("1 mnt 52 dtk");
    expect(durationText(59_999)).toBe("59 detik");
    expect(durationText(2 * MINUTE)).toBe("2 menit");
    expect(exactDuration(17 * MINUTE + 7_900)).toBe("17 mnt 7 dtk");
    expect(durationOf(38 * MINUTE, 45 * MINUTE)).toBe("38 dari 45 menit");
    expect(durationOf(90_000, 120_000)).toBe("1 mnt 30 dtk dari 2 menit");
  });
});

describe("the explanation", () => {
  const explain = (item: AttendanceItem, outages: { startAt: number; endAt: number }[] = [], now = OVER) => {
    const context = { report: reportOf([item], outages), item, isClassOpen: now < OVER, now };
    return explanationFrom(first, item.slots[0] as SlotAttendance, context);
  };

  it("AM4 says the time, the share and the threshold", () => {
    const item = person("Ani", {
      slots: [own(first, { observedMs: 38 * MINUTE, share: 8444 }), own(second)],
    });
    expect(explain(item)).toEqual({
      state: "decided",
      sentence: "Hadir 38 dari 45 menit (84 %), batas 80 %",
      notes: [],
    });
    changeLanguage("en");
    expect(explain(item).sentence).toBe("Present 38 of 45 minutes (84 %), threshold 80 %");
  });

  it("AM4 says why a slot counts for nobody, only once it is over", () => {
    const item = person("Ani", {
      slots: [own(first, { heldMs: 10 * MINUTE, observedMs: 10 * MINUTE, jp: 0, because: "not-held" })],
    });
    expect(explain(item).sentence).toContain("kelas dibuka 10 menit dari 45 menit, kurang dari 50 %");
    expect(explain(item, [], START + MINUTE).sentence).toContain("sejauh ini");
    expect(explain(item, [], START - MINUTE).sentence).toBe("Slot ini belum mulai");
  });

  it("AM4 names bridged time and its cap", () => {
    const span = { slotId: first.id, kind: "bridged" as const, startAt: START, endAt: START + 4 * MINUTE };
    const item = person("Ani", {
      slots: [own(first, { observedMs: 3 * MINUTE, bridgedMs: 3 * MINUTE, share: 1333 }), own(second)],
      spans: [span],
    });
    expect(explain(item).notes).toEqual([
      "Terdiri dari 3 menit hadir, 3 menit putus singkat yang tetap dihitung.",
      "Putus singkat seluruhnya 4 menit, dihitung 3 menit: paling banyak sebanyak waktu hadir di slot ini.",
    ]);
  });

  it("AM4 says of each outage what it did to this person", () => {
    const outage = { startAt: START + 10 * MINUTE, endAt: START + 12 * MINUTE };
    const observed = (from: number, to: number) => ({
      slotId: first.id,
      kind: "observed" as const,
      startAt: START + from * MINUTE,
      endAt: START + to * MINUTE,
    });
    const counted = { ...observed(10, 13), kind: "outage" as const };
    const notes = (spans: AttendanceItem["spans"]) =>
      explain(person("Ani", { spans }), [outage]).notes.at(-1);
    expect(notes([observed(0, 10), counted, observed(13, 45)])).toBe(
      "Server berhenti 09.40.00–09.42.00 WIB; waktunya tetap dihitung karena kembali pukul 09.43.00.",
    );
    expect(notes([observed(0, 10), observed(20, 45)])).toContain("lebih dari 5 menit sesudahnya");
    expect(notes([observed(0, 10)])).toContain("tidak kembali ke kelas");
    expect(notes([observed(0, 5), observed(20, 45)])).toContain("saat itu tidak sedang di kelas");
  });

  it("AM4 gives the reason of an adjustment and the status of a mark", () => {
    const ruling = { jp: 1, reason: "Listrik padam", by: "adm_1", approvedBy: "adm_2", at: OVER };
    const adjusted = person("Ani", {
      slots: [own(first, { because: "adjusted", computedJp: 0 })],
      rulings: [{ slotId: first.id, mark: null, adjustment: ruling }],
    });
    expect(explain(adjusted)).toMatchObject({
      sentence: "Disesuaikan dengan persetujuan; hitungan semula 0 JP",
      notes: ["Alasan penyesuaian: Listrik padam (disetujui 11.30 WIB)."],
    });
    const marked = person("Ani", {
      slots: [own(first, { because: "marked" })],
      rulings: [{ slotId: first.id, mark: { status: "sick", by: "stf_1", at: OVER }, adjustment: null }],
    });
    expect(explain(marked).sentence).toBe("Menurut daftar hadir: sakit");
  });
});
