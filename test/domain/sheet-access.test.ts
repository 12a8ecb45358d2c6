import { describe, expect, it } from "vitest";
import { caseViewFrom } from "../../server/domain/case-view.ts";
import type { ClassState } from "../../server/domain/class-state.ts";
import { LAST_LETTERS_MS, sheetAccessFrom } from "../../server/domain/sheet-access.ts";
import { caseSchema } from "../../server/protocol/cases.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import { type BreakoutRoomId, MAIN_ROOM, type RoomId } from "../../server/protocol/ids.ts";
import { idOf, joined, person, stateAfter } from "../support/class-story.ts";
import { sampleCase } from "../support/sample-case.ts";

const [first, second] = ["rom_1", "rom_2"] as [BreakoutRoomId, BreakoutRoomId];
const ina = idOf("ina");
const planned = (rooms: readonly BreakoutRoomId[] = [first, second]): ClassEvent =>
  ({
    type: "breakouts.planned",
    rooms: rooms.map((roomId) => ({ roomId, title: roomId })),
    assignment: { [idOf("ani")]: rooms[0], [idOf("budi")]: rooms[1] },
    placing: { kind: "listed" },
    case: null,
    slides: null,
    minutes: null,
    by: ina,
  }) as ClassEvent;
const opened = { type: "breakouts.opened", endsAt: null, by: ina } as ClassEvent;
const closed = { type: "breakouts.closed", by: ina } as ClassEvent;
const everybody = ["ina", "ani", "budi", "citra"].flatMap((name) => joined(name));

/** Everybody's access to the first room's sheet: ani is its member, budi another's, citra nobody's. */
function accesses(state: ClassState, now = 0, inaIn: RoomId = MAIN_ROOM) {
  const of = (name: string, room: RoomId) => {
    const { personId, role } = person(name);
    return sheetAccessFrom(state, { personId, role, room }, first, now);
  };
  return [of("ani", MAIN_ROOM), of("budi", second), of("citra", MAIN_ROOM), of("ina", inaIn)].join(" ");
}

describe("who sees an answer sheet", () => {
  const before = stateAfter(everybody, planned());
  const during = stateAfter(everybody, planned(), opened);
  const after = stateAfter(everybody, planned(), opened, closed);
  const closedAt = after.roomsClosedAt ?? 0;

  it("SH1 members write while rooms are open, a minute longer, and read from then on", () => {
    expect(accesses(before)).toBe("none none none read");
    expect(accesses(during)).toBe("write none none read");
    expect(accesses(after, closedAt + LAST_LETTERS_MS)).toBe("write none none read");
    expect(accesses(after, closedAt + LAST_LETTERS_MS + 1)).toBe("read none none read");
    const again = stateAfter(everybody, planned(), opened, closed, opened);
    expect(accesses(again, closedAt + 10 * LAST_LETTERS_MS)).toBe("write none none read");
  });

  it("SH1 the end of the class closes its sheets like the closing of the rooms", () => {
    const over = stateAfter(everybody, { type: "class.opened", by: ina } as ClassEvent, planned(), opened, {
      type: "class.closed",
      by: ina,
    } as ClassEvent);
    const at = over.roomsClosedAt ?? 0;
    expect(accesses(over, at)).toBe("write none none read");
    expect(accesses(over, at + LAST_LETTERS_MS + 1)).toBe("read none none read");
  });

  it("SH1 whoever is moved to another room loses the sheet of the one before", () => {
    const moved = {
      type: "breakouts.assigned",
      personId: idOf("ani"),
      roomId: second,
      by: ina,
    } as ClassEvent;
    expect(accesses(stateAfter(everybody, planned(), opened, moved))).toBe("none none none read");
  });

  it("SH2 staff read every sheet and write where they are, as long as rooms are open", () => {
    expect(accesses(during, 0, first)).toBe("write none none write");
    expect(accesses(during, 0, second)).toBe("write none none read");
    expect(accesses(after, closedAt)).toBe("write none none read");
  });

  it("SH3 everybody reads the sheet on the stage, and writes it no more than before", () => {
    const presented = (roomId: BreakoutRoomId): ClassEvent => ({ type: "sheet.presented", roomId, by: ina });
    const shown = stateAfter(everybody, planned(), opened, closed, presented(first));
    expect(accesses(shown, closedAt + 10 * LAST_LETTERS_MS)).toBe("read read read read");
    const other = stateAfter(everybody, planned(), opened, presented(second));
    expect(accesses(other)).toBe("write none none read");
  });

  it("SH4 a new plan is none of the rooms before", () => {
    const [third, fourth] = ["rom_3", "rom_4"] as [BreakoutRoomId, BreakoutRoomId];
    const state = stateAfter(everybody, planned(), opened, closed, planned([third, fourth]));
    expect(accesses(state, closedAt)).toBe("none none none read");
    expect(state.roomsClosedAt).toBeNull();
  });
});

describe("a case", () => {
  it("SH5 shows its room everything but how it is scored", () => {
    const view = caseViewFrom(sampleCase);
    expect(view.questions).toEqual(sampleCase.questions);
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(["rubric"]));
    expect(JSON.stringify(view)).not.toContain("Ketajaman");
  });

  it.each([
    ["a question twice", { questions: [sampleCase.questions[0], sampleCase.questions[0]] }],
    ["21 questions", { questions: Array.from({ length: 21 }, () => sampleCase.questions[0]) }],
    ["a role twice", { roles: [sampleCase.roles[0], sampleCase.roles[0]] }],
    ["a brief too long", { brief: "x".repeat(20_001) }],
    ["no minutes", { minutes: 0 }],
    ["pages that run backwards", { slides: { deckId: "dck_1", fromPage: 3, toPage: 2 } }],
    ["an unknown field", { colour: "red" }],
  ])("SH5 refuses %s", (_, change) => {
    expect(caseSchema.safeParse(sampleCase).success).toBe(true);
    expect(caseSchema.safeParse({ ...sampleCase, ...change }).success).toBe(false);
  });
});
