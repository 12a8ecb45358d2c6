import { describe, expect, it } from "vitest";
import { decideScore } from "../../server/domain/scoring.ts";
import { lastGroupsFrom, workedRoomsFrom } from "../../server/domain/worked-rooms.ts";
import type { ScoreBody } from "../../server/protocol/case-work.ts";
import { caseSchema } from "../../server/protocol/cases.ts";
import type { ClassEvent, SequencedEvent } from "../../server/protocol/events.ts";
import type { BreakoutRoomId, EnrolmentId } from "../../server/protocol/ids.ts";
import { plannedFor } from "../support/breakouts-story.ts";
import { connectionOf, idOf, joined } from "../support/class-story.ts";
import { sampleCase } from "../support/sample-case.ts";

const room = (number: number) => `rom_${number}` as BreakoutRoomId;
const rooms = [1, 2].map((number) => ({ roomId: room(number), title: `Ruang ${number}` }));
const work = { caseId: "cas_1", title: "Perizinan", roles: [{ code: "chair", title: "Ketua" }] };
const opened: ClassEvent = { type: "breakouts.opened", endsAt: null, by: "stf_ina" };
const moved = (name: string, number: number): ClassEvent => {
  return { type: "room.moved", connectionId: connectionOf(name), room: room(number) };
};

function sequenced(...events: readonly (ClassEvent | readonly ClassEvent[])[]): SequencedEvent[] {
  return events.flat().map((event, index) => ({ ...event, seq: index + 1, at: index + 1 }));
}

describe("what rooms worked on", () => {
  const assignment = { [idOf("ani")]: room(1), [idOf("budi")]: room(2), [idOf("gone")]: room(2) };
  const planned = plannedFor(rooms, { case: work, assignment });

  it("CW1 members are whoever was in the room while it was open, not whoever was meant to be", () => {
    const events = sequenced(
      joined("ina"),
      joined("ani"),
      joined("budi"),
      planned,
      opened,
      moved("ani", 1),
      moved("ani", 2),
      moved("budi", 2),
      moved("ina", 2),
      { type: "role.taken", roomId: room(2), role: "chair", personId: idOf("budi") },
      joined("late", 1, room(1)),
      { type: "breakouts.closed", by: "stf_ina" },
    );
    expect(workedRoomsFrom(events)).toEqual([
      { roomId: room(1), title: "Ruang 1", case: work, members: [idOf("ani"), idOf("late")], roles: {} },
      {
        roomId: room(2),
        title: "Ruang 2",
        case: work,
        members: [idOf("ani"), idOf("budi")],
        roles: { chair: idOf("budi") },
      },
    ]);
  });

  it("CW1 rooms that were planned and never opened are none", () => {
    expect(workedRoomsFrom(sequenced(planned, { type: "breakouts.discarded", by: "stf_ina" }))).toEqual([]);
  });

  it("CW2 the groups of last time are those of the plan that was open last", () => {
    const later = plannedFor([{ roomId: room(9), title: "Nanti" }]);
    const events = sequenced(planned, opened, { type: "breakouts.closed", by: "stf_ina" }, later);
    expect(lastGroupsFrom(events)).toEqual([
      { title: "Ruang 1", enrolmentIds: [idOf("ani")] },
      { title: "Ruang 2", enrolmentIds: [idOf("budi"), idOf("gone")] },
    ]);
    expect(lastGroupsFrom(sequenced(planned))).toEqual([]);
  });
});

describe("scoring by the rubric", () => {
  const scored = caseSchema.parse({
    ...sampleCase,
    rubric: [
      { criterionId: "cri_1", title: "Analisis", maxPoints: 40 },
      { criterionId: "cri_2", title: "Penyajian", maxPoints: 10 },
    ],
  });
  const group = { roomId: room(1), members: [idOf("ani") as EnrolmentId] };
  const given = { by: "stf_ina", at: 1_000 };
  const decide = (points: readonly [string, number][], rest = scored) =>
    decideScore(
      rest,
      group,
      {
        points: points.map(([criterionId, value]) => ({ criterionId, points: value })),
        comment: "",
      } as ScoreBody,
      given,
    );

  it.each([
    [
      [
        ["cri_1", 30],
        ["cri_2", 5.5],
      ],
      { total: 35.5, maxTotal: 50, isAccepted: true },
    ],
    [
      [
        ["cri_2", 0],
        ["cri_1", 27.5],
      ],
      { total: 27.5, isAccepted: false },
    ],
  ] as const)("CW3 %j", (points, expected) => {
    expect(decide([...points] as [string, number][])).toMatchObject({ ok: true, data: expected });
  });

  it("CW3 a case that feeds no assignment is neither accepted nor refused", () => {
    const free = { ...scored, requirement: null };
    expect(
      decide(
        [
          ["cri_1", 1],
          ["cri_2", 1],
        ],
        free,
      ),
    ).toMatchObject({ data: { isAccepted: null } });
  });

  it.each([
    ["one is missing", [["cri_1", 1]], "points.cri_2"],
    [
      "one is unknown",
      [
        ["cri_1", 1],
        ["cri_2", 1],
        ["cri_9", 1],
      ],
      "points.cri_9",
    ],
    [
      "one is over its most",
      [
        ["cri_1", 41],
        ["cri_2", 1],
      ],
      "points.cri_1",
    ],
    [
      "one is there twice",
      [
        ["cri_1", 1],
        ["cri_1", 2],
        ["cri_2", 1],
      ],
      "points",
    ],
  ] as const)("CW3 refuses points where %s", (_what, points, path) => {
    expect(decide([...points] as [string, number][])).toMatchObject({
      ok: false,
      code: "bad-request",
      details: { errors: [{ path }] },
    });
  });
});
