import { describe, expect, it } from "vitest";
import type { Enrolment, Link, Staff } from "../../client/admin/admin-api.ts";
import { adminPath, placeFrom } from "../../client/admin/admin-path.ts";
import { csvFrom } from "../../client/admin/csv-file.ts";
import { inTurns } from "../../client/admin/in-turns.ts";
import { isMatching } from "../../client/admin/matching.ts";
import { inviteesFrom, linkRowsFrom } from "../../client/admin/sessions/link-rows.ts";
import { likeliestSession, sessionStateFrom } from "../../client/admin/sessions/session-order.ts";
import { rowWindowFrom } from "../../client/admin/windowed-rows.ts";

describe("addresses", () => {
  it.each([
    ["/admin", { page: "programmes" }],
    ["/admin/", { page: "programmes" }],
    ["/admin/new-programme", { page: "new-programme" }],
    ["/admin/attendance", { page: "choose-session" }],
    ["/admin/programmes/A/bla", { page: "unknown" }],
    ["/admin/programmes/A/sessions/more", { page: "unknown" }],
    ["/admin/%E0%A4%A", { page: "unknown" }],
  ])("AM5 %s is a page, or unknown", (path, place) => expect(placeFrom(path)).toEqual(place));

  it("AM5 are read as they are made", () => {
    expect(placeFrom(adminPath.programme("new-programme"))).toEqual({
      page: "programme",
      programme: "new-programme",
    });
    expect(placeFrom(adminPath.newSession("AI.1"))).toEqual({ page: "new-session", programme: "AI.1" });
    expect(placeFrom(adminPath.attendance("ses_1"))).toEqual({ page: "attendance", sessionId: "ses_1" });
    expect(placeFrom(adminPath.session("a/b"))).toEqual({ page: "session", sessionId: "a/b" });
  });
});

describe("long lists", () => {
  it("AM6 draw every row of a short one", () => {
    expect(rowWindowFrom(-9000, 700, 64, 150)).toEqual({ from: 0, to: 150, beforePx: 0, afterPx: 0 });
  });

  it("AM6 draw what is seen and some around it, and keep their length", () => {
    for (let topPx = 900; topPx > -1100 * 64; topPx -= 333) {
      const { from, to, beforePx, afterPx } = rowWindowFrom(topPx, 700, 64, 1100);
      expect(beforePx + (to - from) * 64 + afterPx).toBe(1100 * 64);
      expect(to - from).toBeLessThanOrEqual(90);
      const firstSeen = Math.max(0, Math.floor(-topPx / 64));
      const lastSeen = Math.min(1099, Math.floor((700 - topPx) / 64));
      if (lastSeen >= 0) expect(from <= firstSeen && lastSeen < to).toBe(true);
    }
  });

  it("AM6 find every word, whatever its case and accents", () => {
    expect(isMatching("  ", [null])).toBe(true);
    expect(isMatching("KOTA siti", ["Sití Rahma", null, "Kota Bandung"])).toBe(true);
    expect(isMatching("siti bogor", ["Siti", "Kota Bandung"])).toBe(false);
  });

  it("AM6 ask for a few things at once and answer in order", async () => {
    let running = 0;
    let most = 0;
    const answers: number[] = [];
    const run = async (item: number) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < 10 - (item % 7); turn++) await Promise.resolve();
      running--;
      return item * 2;
    };
    for await (const answer of inTurns([1, 2, 3, 4, 5, 6, 7, 8, 9], run)) answers.push(answer);
    expect(answers).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(most).toBeLessThanOrEqual(6);
  });
});

describe("files", () => {
  it("AM7 open in Indonesian spreadsheets and run nothing", () => {
    expect(
      csvFrom([
        ["nama", "nip"],
        ['Siti; "Ani"', "198503122010011004"],
        ["=1+1", "@x"],
      ]),
    ).toBe(`\ufeffnama;nip\r\n"Siti; ""Ani""";"198503122010011004"\r\n'=1+1;'@x\r\n`);
  });
});

describe("sessions", () => {
  const at = (startAt: number) => ({ slots: [{ startAt, endAt: startAt + 10 }] as never });

  it("AM8 whose time passed without a class were missed", () => {
    expect(sessionStateFrom({ ...at(0), status: "scheduled" }, 9)).toBe("scheduled");
    expect(sessionStateFrom({ ...at(0), status: "scheduled" }, 10)).toBe("missed");
    expect(sessionStateFrom({ ...at(0), status: "open" }, 100)).toBe("open");
    const cancellation = { at: 1, by: "adm_1", reason: "Banjir" };
    expect(sessionStateFrom({ ...at(0), status: "scheduled", cancellation }, 100)).toBe("cancelled");
    expect(likeliestSession([{ ...at(0), cancellation }, at(500)], 100)).toEqual(at(500));
  });

  it("AM8 attendance is likeliest wanted of the latest that began", () => {
    const [early, middle, late] = [at(0), at(100), at(200)];
    expect(likeliestSession([late, early, middle], 150)).toBe(middle);
    expect(likeliestSession([late, middle], 50)).toBe(middle);
    expect(likeliestSession([], 50)).toBeNull();
  });
});

describe("links", () => {
  const staff = [
    { id: "stf_1", name: "Ina", role: "instructor", email: "ina@x.example" },
  ] as never as Staff[];
  const roster = ["a", "b", "c", "d"].map((id) => ({
    id: `enr_${id}`,
    name: id,
    group: id === "d" ? "B" : "A",
    externalId: id,
    email: null,
    institution: null,
  })) as never as Enrolment[];
  const link = (enrolmentId: string, part: Partial<Link> = {}) =>
    ({ id: "lnk_1", enrolmentId, staffId: null, expiresAt: 100, revokedAt: null, ...part }) as never as Link;

  it("AM9 are for the staff and the session's group", () => {
    expect(inviteesFrom(staff, roster, "A").map(({ id }) => id)).toEqual([
      "stf_1",
      "enr_a",
      "enr_b",
      "enr_c",
    ]);
    expect(inviteesFrom(staff, roster, null)).toHaveLength(5);
  });

  it("AM9 count while they are neither withdrawn nor expired", () => {
    const links = [
      link("enr_a", { revokedAt: 5 }),
      link("enr_a"),
      link("enr_b", { revokedAt: 5 }),
      link("enr_c", { expiresAt: 20 }),
    ];
    const states = linkRowsFrom(inviteesFrom(staff, roster, null), links, 50).map((row) => row.state);
    expect(states).toEqual(["none", "active", "revoked", "expired", "none"]);
  });
});
