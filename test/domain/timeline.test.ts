import { describe, expect, it } from "vitest";
import { timelineFrom } from "../../server/domain/timeline.ts";
import { slotIdSchema } from "../../server/protocol/ids.ts";

const slot = { id: slotIdSchema.parse("slt_1"), startAt: 0, endAt: 1000, jp: 1 };
const time = (from: number, to: number) => ({
  observed: [{ startAt: from, endAt: to }],
  bridged: [],
  outage: [],
});

describe("which room when", () => {
  it("CW13 says when somebody was in which room; two devices in one room count once", () => {
    const connection = (startAt: number, endAt: number, rooms: readonly [string, number][]) => ({
      connectionId: `con_${startAt}`,
      startAt,
      endAt,
      rooms: rooms.map(([room, sinceAt]) => ({ room, sinceAt })),
    });
    const presence = {
      connections: [
        connection(0, 900, [
          ["main", 0],
          ["rom_1", 300],
          ["main", 700],
        ]),
        connection(400, 600, [["rom_1", 400]]),
      ],
      interruptions: [],
    };
    const [span] = timelineFrom(time(100, 900), presence, [slot]);
    expect(span).toMatchObject({ rooms: ["main", "rom_1"] });
    expect(span?.stays).toEqual([
      { room: "main", startAt: 100, endAt: 300 },
      { room: "rom_1", startAt: 300, endAt: 700 },
      { room: "main", startAt: 700, endAt: 900 },
    ]);
  });

  it("CW13 leaves it at the room's name where it was one", () => {
    const rooms = [{ room: "main", sinceAt: 0 }];
    const presence = {
      connections: [{ connectionId: "con_1", startAt: 0, endAt: 900, rooms }],
      interruptions: [],
    };
    const [span] = timelineFrom(time(0, 900), presence, [slot]);
    expect(span).toEqual({ slotId: slot.id, kind: "observed", startAt: 0, endAt: 900, rooms: ["main"] });
  });
});
