import { describe, expect, it } from "vitest";
import { adminPath, placeFrom } from "../../client/admin/admin-path.ts";
import { slotMarksFrom, statusOfKey, unmarkedIn } from "../../client/admin/roll-call/slot-marks.ts";
import type { MarkJson } from "../../server/protocol/api-rulings.ts";

const mark = (enrolmentId: string, status: MarkJson["status"], slotId = "s1"): MarkJson => {
  return { enrolmentId, status, slotId, by: "adm_1", at: 1 };
};
const person = (enrolmentId: string) => {
  return { enrolmentId, externalId: "1", name: enrolmentId, institution: null };
};

describe("roll call page", () => {
  it("RC6 shows what was marked here over what was loaded, slot by slot", () => {
    const loaded = [mark("ana", "absent"), mark("budi", "sick"), mark("ana", "excused", "s2")];
    const marks = slotMarksFrom(loaded, [mark("ana", "present"), mark("budi", "present", "s2")], "s1");
    expect([...marks.values()].map(({ enrolmentId, status }) => [enrolmentId, status])).toEqual([
      ["ana", "present"],
      ["budi", "sick"],
    ]);
  });

  it("RC6 counts as the rest who has no mark of any kind in the slot", () => {
    const marks = slotMarksFrom([mark("ana", "absent")], [], "s1");
    expect(unmarkedIn([person("ana"), person("budi")], marks)).toEqual([person("budi")]);
  });

  it.each([
    ["1", false, "present"],
    ["2", false, "excused"],
    ["3", false, "sick"],
    ["4", false, "absent"],
    ["5", false, null],
    ["0", false, null],
    ["Enter", false, null],
    ["1", true, null],
  ])("RC6 takes key %s (with Ctrl: %s) as %s", (key, ctrlKey, status) => {
    expect(statusOfKey({ key, ctrlKey, altKey: false, metaKey: false })).toBe(status);
  });

  it("AM5 has addresses for the roll call and the corrections of a session", () => {
    expect(placeFrom(adminPath.rollCall("ses_1"))).toEqual({ page: "roll-call", sessionId: "ses_1" });
    expect(placeFrom(adminPath.checkIn("ses_1"))).toEqual({ page: "check-in", sessionId: "ses_1" });
    expect(placeFrom(adminPath.corrections("ses_1"))).toEqual({ page: "corrections", sessionId: "ses_1" });
  });
});
