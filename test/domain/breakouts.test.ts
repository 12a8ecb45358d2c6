import { describe, expect, it } from "vitest";
import { evenAssignmentFrom } from "../../server/domain/breakouts.ts";
import type { ClassCommand } from "../../server/domain/class-command.ts";
import type { ClassState } from "../../server/domain/class-state.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import type { BreakoutRoomId, RoomId } from "../../server/protocol/ids.ts";
import {
  as,
  connectionOf,
  idOf,
  joinCommand,
  joined,
  outcome,
  person,
  stateAfter,
  stateAfterCommands,
} from "../support/class-story.ts";

const room = (number: number) => `rom_${number}` as BreakoutRoomId;
const plan = (count: number, assign: "even" | "empty" = "even"): ClassCommand => {
  return { type: "breakouts.plan", args: { count, assign } };
};
const assign = (name: string, roomId: BreakoutRoomId | null): ClassCommand => {
  return { type: "breakouts.assign", args: { personId: idOf(name), roomId } };
};
const openRooms: ClassCommand = { type: "breakouts.open", args: {} };
const closeRooms: ClassCommand = { type: "breakouts.close", args: {} };
const discard: ClassCommand = { type: "breakouts.discard", args: {} };
const enter = (target: RoomId): ClassCommand => ({ type: "room.enter", args: { room: target } });
const moved = (name: string, target: RoomId, device = 1): ClassEvent => {
  return { type: "room.moved", connectionId: connectionOf(name, device), room: target };
};
const ina = as("ina");
const start = stateAfter(joined("ina"), joined("ani"), joined("budi"), joined("citra"));
const opened = stateAfterCommands(start, [ina, plan(2)], [ina, openRooms]);

function roomsOf(state: ClassState) {
  return Object.fromEntries([...state.connections.values()].map((one) => [one.connectionId, one.room]));
}

describe("breakout rooms", () => {
  it("BR1 a plan makes N rooms; it replaces the one before, while rooms are closed", () => {
    const state = stateAfterCommands(start, [ina, plan(3)], [ina, plan(2, "empty")]);
    expect(state.breakouts).toMatchObject({ status: "planned", assignment: {} });
    expect(state.breakouts?.rooms.map((one) => one.title)).toEqual(["Ruang 1", "Ruang 2"]);
    expect(outcome(opened, ina, plan(2))).toBe("breakouts-open");
  });

  it("BR2 an even plan deals the present participants out in the order in which they came", () => {
    const state = stateAfterCommands(start, [ina, plan(2)]);
    expect(state.breakouts?.assignment).toEqual({
      [idOf("ani")]: room(1),
      [idOf("budi")]: room(2),
      [idOf("citra")]: room(1),
    });
  });

  it("BR2 rooms of an even plan differ by one person at most", () => {
    for (const [people, rooms] of [
      [10, 3],
      [3, 7],
      [1, 1],
      [100, 9],
    ] as const) {
      const names = Array.from({ length: people }, (_, index) => idOf(`p${index}`));
      const list = Array.from({ length: rooms }, (_, index) => ({ roomId: room(index), title: "" }));
      const sizes = list.map(
        ({ roomId }) => Object.values(evenAssignmentFrom(names, list)).filter((one) => one === roomId).length,
      );
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(people);
    }
  });

  it("BR3 assigning by hand; while rooms are open the person moves at once, with all devices", () => {
    const planned = stateAfterCommands(start, [ina, plan(2, "empty")]);
    const assigned: ClassEvent = {
      type: "breakouts.assigned",
      personId: idOf("ani"),
      roomId: room(2),
      by: idOf("ina"),
    };
    expect(outcome(planned, ina, assign("ani", room(2)))).toEqual([assigned]);
    expect(outcome(planned, ina, assign("ani", room(9)))).toBe("room-unknown");
    expect(outcome(planned, ina, assign("nobody", room(1)))).toBe("person-unknown");
    expect(outcome(start, ina, assign("ani", room(1)))).toBe("breakouts-none");
    expect(outcome(planned, ina, assign("ani", null))).toEqual([]);

    const two = stateAfterCommands(opened, [as("ani", 2), joinCommand("ani", 2)]);
    expect(outcome(two, ina, assign("ani", room(2)))).toEqual([
      assigned,
      moved("ani", room(2)),
      moved("ani", room(2), 2),
    ]);
    expect(outcome(opened, ina, assign("ani", null))).toContainEqual(moved("ani", "main"));
  });

  it("BR3 who is away comes back into the room of the newest assignment; who strayed is fetched", () => {
    const left: ClassCommand = {
      type: "presence.leave",
      args: { connectionId: connectionOf("ani"), reason: "connection-lost" },
    };
    const away = stateAfterCommands(opened, [as("ani"), left], [ina, assign("ani", room(2))]);
    const back = outcome(away, as("ani"), joinCommand("ani", 1, 2)) as ClassEvent[];
    expect(back.at(-1)).toMatchObject({ type: "presence.joined", room: room(2) });
    const strayed = stateAfterCommands(opened, [as("ani"), enter("main")]);
    expect(outcome(strayed, ina, assign("ani", room(1)))).toContainEqual(moved("ani", room(1)));
    expect(outcome(opened, ina, assign("ani", room(1)))).toEqual([]);
  });

  it("BR4 opening moves everybody who is assigned; staff stay", () => {
    expect(roomsOf(opened)).toEqual({
      con_ina1: "main",
      con_ani1: room(1),
      con_budi1: room(2),
      con_citra1: room(1),
    });
    expect(outcome(opened, ina, openRooms)).toBe("breakouts-open");
    expect(outcome(start, ina, openRooms)).toBe("breakouts-none");
  });

  it("BR5 closing brings everybody back and keeps the plan", () => {
    const visiting = stateAfterCommands(opened, [ina, enter(room(2))], [ina, closeRooms]);
    expect(new Set(Object.values(roomsOf(visiting)))).toEqual(new Set(["main"]));
    expect(visiting.breakouts?.status).toBe("planned");
    expect(visiting.places.size).toBe(0);
    expect(outcome(visiting, ina, closeRooms)).toBe("breakouts-not-open");
    expect(outcome(visiting, ina, discard)).toEqual([{ type: "breakouts.discarded", by: idOf("ina") }]);
    expect(outcome(opened, ina, discard)).toBe("breakouts-open");
  });

  it("BR5 ending the class with rooms open brings everybody back first", () => {
    const open = stateAfterCommands(opened, [ina, { type: "class.open", args: {} }]);
    const events = outcome(open, ina, { type: "class.close", args: {} }) as ClassEvent[];
    expect(events.map((event) => event.type)).toEqual([
      "room.moved",
      "room.moved",
      "room.moved",
      "breakouts.closed",
      "class.closed",
    ]);
  });

  it.each([
    ["staff into any room", "ina", room(2), [moved("ina", room(2))]],
    ["a participant back to the main room", "ani", "main", [moved("ani", "main")]],
    ["a participant into another's room", "ani", room(2), "forbidden"],
    ["into a room that is not there", "ina", room(7), "room-unknown"],
    ["where one is already", "ani", room(1), []],
  ] as const)("BR6 going %s", (_what, who, target, expected) => {
    expect(outcome(opened, as(who), enter(target))).toEqual(expected);
  });

  it("BR6 nobody goes anywhere while rooms are closed", () => {
    expect(outcome(start, ina, enter("main"))).toBe("breakouts-not-open");
  });

  it("BR7 a reconnection returns to the room one was in, a late joiner to the room of the plan", () => {
    const away = stateAfterCommands(
      opened,
      [ina, enter(room(2))],
      [as("ani"), enter("main")],
      [ina, assign("citra", null)],
    );
    const back = (name: string) => outcome(away, as(name), joinCommand(name, 1, 2)) as ClassEvent[];
    expect(back("ina").at(-1)).toMatchObject({ type: "presence.joined", room: room(2) });
    expect(back("ani").at(-1)).toMatchObject({ room: "main" });
    expect(back("budi").at(-1)).toMatchObject({ room: room(2) });
    const late = stateAfterCommands(
      stateAfter(joined("ina"), [{ type: "person.admitted", person: person("late") }]),
      [ina, plan(1, "empty")],
      [ina, assign("late", room(1))],
      [ina, openRooms],
      [as("late"), joinCommand("late")],
    );
    expect(roomsOf(late)).toMatchObject({ con_late1: room(1) });
  });

  it("BR8 a share does not follow into another room", () => {
    const sharing = stateAfterCommands(
      start,
      [ina, plan(1, "empty")],
      [ina, openRooms],
      [
        as("ani"),
        {
          type: "media.report",
          args: { connectionId: connectionOf("ani"), source: "screen", status: "live" },
        },
      ],
    );
    expect(outcome(sharing, ina, assign("ani", room(1)))).toEqual([
      expect.objectContaining({ type: "breakouts.assigned" }),
      {
        type: "media.changed",
        connectionId: connectionOf("ani"),
        source: "screen",
        status: "off",
        by: "rule",
      },
      moved("ani", room(1)),
    ]);
  });
});
