import { describe, expect, it } from "vitest";
import { decideCheckIn, slotOnAt } from "../../server/domain/check-in.ts";
import type { SessionMode } from "../../server/protocol/evidence.ts";
import { checkInCodeAt, isCheckInCode } from "../../server/transport/check-in-code.ts";
import { ledger, marked, slot, type Timed } from "./ledger.ts";

const slots = [slot(100, 200), slot(250, 350, 1, "s2")];
const decide = (now: number, rows: readonly Timed[] = [], mode: SessionMode = "offline", who = "ana") =>
  decideCheckIn({ session: { mode, slots }, isOnRoster: (id) => id === "ana" }, ledger(...rows), who, now);
const byQr = marked("ana", "present", { by: "check-in" });

describe("check-in", () => {
  it("CI1 a code is good in its 30 seconds and the next 30, for its session alone", () => {
    const { code, changesAt } = checkInCodeAt("secret", "ses_1", 60_000);
    expect(changesAt).toBe(90_000);
    const isGood = (now: number, sessionId = "ses_1", secret = "secret") =>
      isCheckInCode(secret, sessionId, code, now);
    expect([59_999, 60_000, 89_999, 90_000, 119_999, 120_000].map((now) => isGood(now))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(isGood(60_000, "ses_2")).toBe(false);
    expect(isGood(60_000, "ses_1", "another")).toBe(false);
    expect(isCheckInCode("secret", "ses_1", "", 60_000)).toBe(false);
  });

  it.each([
    [99, null],
    [100, "s1"],
    [199, "s1"],
    [200, null],
    [250, "s2"],
    [350, null],
  ])("CI2 at %d the slot that is on is %s", (now, slotId) => {
    expect(slotOnAt(slots, now)?.id ?? null).toBe(slotId);
    const decided = decide(now);
    if (slotId === null) expect(decided).toEqual({ ok: false, code: "no-slot-now" });
    else {
      expect(decided).toMatchObject({
        data: { slotId, status: "present", row: { by: "check-in", enrolmentId: "ana", status: "present" } },
      });
    }
  });

  it("CI2 is for the roster of offline and hybrid sessions", () => {
    expect(decide(100, [], "online")).toMatchObject({ code: "session-online" });
    expect(decide(100, [], "hybrid").ok).toBe(true);
    expect(decide(100, [], "offline", "budi")).toMatchObject({ code: "person-unknown" });
  });

  it.each<[string, Timed[], boolean, string]>([
    ["nobody's mark", [], true, "present"],
    ["a check-in", [byQr], false, "present"],
    ["another person's check-in", [marked("budi", "present", { by: "check-in" })], true, "present"],
    ["a check-in of another slot", [{ ...byQr, slotId: "s2" } as Timed], true, "present"],
    ["staff's present", [marked("ana", "present")], false, "present"],
    ["staff's absent", [marked("ana", "absent")], true, "absent"],
    ["staff's absent and a check-in", [marked("ana", "absent"), byQr], false, "absent"],
  ])("CI3 counts once per person and slot, after %s", (_what, rows, isWritten, status) => {
    const decided = decide(150, rows);
    expect(decided.ok && decided.data.row !== null).toBe(isWritten);
    expect(decided).toMatchObject({ data: { status } });
  });
});
