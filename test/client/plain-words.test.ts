import { afterEach, describe, expect, it } from "vitest";
import { slotWordsFrom } from "../../client/ended/slot-words.ts";
import { answerFrom } from "../../client/http/request-json.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { mediaWordsFrom } from "../../client/join/media-words.ts";
import { networkWordsFrom } from "../../client/join/network-words.ts";
import type { SlotAttendance } from "../../server/protocol/evidence.ts";

afterEach(() => changeLanguage("id"));

const MINUTE = 60_000;

describe("one's own attendance", () => {
  const rules = {
    status: "closed" as const,
    minSlotShare: 8000,
    slotCredit: "threshold" as const,
    slots: [{ id: "s", startAt: 0, endAt: 45 * MINUTE, jp: 1 }],
  };
  const slot = (change: Partial<SlotAttendance>): SlotAttendance => ({
    slotId: "s",
    heldMs: 45 * MINUTE,
    observedMs: 38 * MINUTE,
    bridgedMs: 0,
    outageMs: 0,
    share: 8444,
    jp: 1,
    computedJp: 1,
    because: "met",
    ...change,
  });
  const said = (change: Partial<SlotAttendance>, now = 60 * MINUTE) =>
    slotWordsFrom(slot(change), rules, now);

  it("UI11 says how each JP came about", () => {
    expect(said({})).toEqual({ words: "hadir 38 dari 45 menit (84 %), batas 80 %", jp: "1 JP", notes: [] });
    expect(said({ share: 7999, jp: 0, because: "below" }).words).toContain("(79 %), batas 80 %");
    expect(said({ because: "proportional", jp: 0.84 })).toMatchObject({ jp: "0,84 JP" });
    expect(said({ heldMs: 0, observedMs: 0, because: "not-held" })).toMatchObject({
      words: "tidak diselenggarakan, jadi tidak dihitung",
      jp: null,
    });
    expect(said({ heldMs: 10 * MINUTE, observedMs: 9 * MINUTE, because: "not-held" }).words).toContain(
      "hadir 9 dari 10 menit",
    );
    expect(said({ heldMs: 3_000, observedMs: 0, because: "not-held" }).words).toContain(
      "kurang dari satu menit",
    );
    expect(said({ because: "marked" }).words).toBe("dicatat hadir oleh penyelenggara");
    expect(said({ because: "marked", jp: 0, computedJp: 0 }).words).toContain(
      "tidak hadir, izin, atau sakit",
    );
    expect(said({ because: "unmarked", jp: 0 }).words).toBe("belum dicatat hadir");
    expect(said({ because: "adjusted" }).words).toContain("ditetapkan oleh penyelenggara");
  });

  it("UI11 counts bridged and outage minutes in, and names them", () => {
    const told = said({ observedMs: 30 * MINUTE, bridgedMs: 3 * MINUTE, outageMs: 5 * MINUTE });
    expect(told.words).toContain("hadir 38 dari 45 menit");
    expect(told.notes).toHaveLength(2);
  });

  it("UI11 gives no JP for a slot that is not over", () => {
    expect(slotWordsFrom(slot({}), rules, -1)).toMatchObject({ words: "belum dimulai", jp: null });
    const running = slotWordsFrom(slot({}), { ...rules, status: "open" }, 20 * MINUTE);
    expect(running).toMatchObject({ words: "sedang berlangsung; hadir 38 menit sejauh ini", jp: null });
  });

  it("UI11 says the same in English", () => {
    changeLanguage("en");
    expect(said({}).words).toBe("present 38 of 45 minutes (84 %), threshold 80 %");
  });
});

describe("before joining", () => {
  const off = { status: "off", reason: null } as const;
  const problem = (reason: "denied" | "missing" | "in-use" | "unsupported" | "other") => {
    return { status: "error", reason } as const;
  };
  const words = (camera: Parameters<typeof mediaWordsFrom>[0]["camera"], microphone: typeof camera) =>
    mediaWordsFrom({ hasAsked: true, camera, microphone, isSecure: true })?.key ?? null;

  it("UI12 camera and microphone problems are one sentence, and never keep anybody out", () => {
    expect(words(off, off)).toBeNull();
    expect(words(problem("denied"), problem("denied"))).toBe("join.media.denied");
    expect(words(problem("missing"), problem("missing"))).toBe("join.media.missing");
    expect(words(problem("in-use"), off)).toBe("join.media.inUse");
    expect(words(problem("missing"), off)).toBe("join.media.noCamera");
    expect(words(off, problem("denied"))).toBe("join.media.noMicrophone");
    expect(words(off, problem("in-use"))).toBe("join.media.inUse");
    expect(mediaWordsFrom({ hasAsked: false, camera: off, microphone: off, isSecure: true })?.key).toBe(
      "join.media.asking",
    );
    expect(mediaWordsFrom({ hasAsked: true, camera: off, microphone: off, isSecure: false })?.key).toBe(
      "join.media.insecure",
    );
  });

  it.each([
    [[20, 30, 40], "join.network.good"],
    [[20, 250, 300], "join.network.fair"],
    [[700, 800, 30], "join.network.poor"],
    [[20, 20, null], "join.network.poor"],
    [[null, null, null], "join.network.none"],
  ])("UI13 round trips of %o ms are %s", (roundTrips, expected) =>
    expect(networkWordsFrom(roundTrips)).toBe(expected),
  );
});

describe("answers of the HTTP API", () => {
  it("UI14 are data, or a code of the table", () => {
    expect(answerFrom(200, '{"a":1}')).toEqual({ ok: true, data: { a: 1 } });
    expect(answerFrom(204, "")).toEqual({ ok: true, data: undefined });
    expect(answerFrom(401, '{"code":"link-expired","detail":"d"}')).toEqual({
      ok: false,
      code: "link-expired",
      detail: "d",
    });
  });

  it.each([
    [502, "<html>", "unavailable"],
    [500, "", "internal"],
    [413, "<html>too large", "too-large"],
    [429, "", "rate-limited"],
    [404, '{"code":"never heard of"}', "not-found"],
    [400, "[]", "bad-request"],
  ])("UI14 a %i from something that knows no codes (%s) is %s", (status, text, code) =>
    expect(answerFrom(status, text)).toMatchObject({ ok: false, code }),
  );
});
