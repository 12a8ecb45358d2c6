import { describe, expect, it } from "vitest";
import type { ClassCommand } from "../../server/domain/class-command.ts";
import type { ClassState } from "../../server/domain/class-state.ts";
import { assignmentFrom, lateRoomFrom } from "../../server/domain/placing.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import type { BreakoutRoomId, DeckId, RoomId } from "../../server/protocol/ids.ts";
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
const wait = (name: string): ClassCommand => {
  return { type: "presence.leave", args: { connectionId: connectionOf(name), reason: "connection-lost" } };
};
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
      const names = Array.from({ length: people }, (_, index) => person(`p${index}`));
      const list = Array.from({ length: rooms }, (_, index) => ({ roomId: room(index), title: "" }));
      const sizes = list.map(
        ({ roomId }) =>
          Object.values(assignmentFrom({ kind: "even" }, names, list)).filter((one) => one === roomId).length,
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

  const from = (institution: string, ...names: readonly string[]) =>
    names.map((name) => ({ personId: idOf(name), institution }));
  const list = [1, 2].map((number) => ({ roomId: room(number), title: `Ruang ${number}` }));
  const twoTowns = [...from("Bandung", "a", "b", "c"), ...from("Ambon", "d", "e", "f")];

  it.each([
    [
      "mixed",
      [
        ["Ambon", "Ambon", "Bandung"],
        ["Ambon", "Bandung", "Bandung"],
      ],
    ],
    [
      "together",
      [
        ["Ambon", "Ambon", "Ambon"],
        ["Bandung", "Bandung", "Bandung"],
      ],
    ],
  ] as const)("BR9 a %s plan goes by institution", (kind, expected) => {
    const assignment = assignmentFrom({ kind }, twoTowns, list);
    const towns = list.map(({ roomId }) =>
      twoTowns
        .filter(({ personId }) => assignment[personId] === roomId)
        .map(({ institution }) => institution)
        .sort(),
    );
    expect(towns).toEqual(expected);
  });

  it("BR10 who comes late is placed by the plan's rule", () => {
    const institutions = new Map(twoTowns.map((one) => [one.personId, one.institution]));
    const late = (kind: "even" | "mixed" | "together", institution: string) => {
      const assignment = assignmentFrom({ kind }, twoTowns, list);
      const someone = { personId: idOf("late"), institution };
      return lateRoomFrom({ kind }, someone, list, assignment, (id) => institutions.get(id) ?? null);
    };
    expect(late("even", "Bandung")).toBe(room(1));
    expect(late("mixed", "Ambon")).toBe(room(2));
    expect(late("together", "Bandung")).toBe(room(2));
    const events = outcome(opened, as("dewi"), joinCommand("dewi")) as ClassEvent[];
    expect(events.slice(1)).toEqual([
      { type: "breakouts.assigned", personId: idOf("dewi"), roomId: room(2), by: "rule" },
      expect.objectContaining({ type: "presence.joined", room: room(2) }),
    ]);
  });

  it("BR10 not whom staff left without a room, nor where people are listed or choose", () => {
    const left = stateAfterCommands(start, [ina, plan(2)], [ina, assign("ani", null)], [ina, openRooms]);
    expect(roomsOf(left)).toMatchObject({ con_ani1: "main", con_budi1: room(2) });
    for (const start2 of [plan(2, "empty"), { ...plan(2), args: { count: 2, assign: "chosen", limit: 1 } }]) {
      const state = stateAfterCommands(start, [ina, start2 as ClassCommand], [ina, openRooms]);
      const events = outcome(state, as("dewi"), joinCommand("dewi")) as ClassEvent[];
      expect(events.at(-1)).toMatchObject({ type: "presence.joined", room: "main" });
    }
  });

  it("BR11 a saved plan's groups stand as listed, with whoever is away", () => {
    const groups = [
      { title: "Kelompok Melati", personIds: [idOf("budi"), idOf("gone")] },
      { title: "Kelompok Mawar", personIds: [idOf("ani")] },
    ];
    const loaded = stateAfterCommands(start, [
      ina,
      { type: "breakouts.plan", args: { count: 2, assign: "even", groups } },
    ]);
    expect(loaded.breakouts?.rooms.map(({ title }) => title)).toEqual(["Kelompok Melati", "Kelompok Mawar"]);
    expect(loaded.breakouts?.assignment).toEqual({
      [idOf("budi")]: room(1),
      [idOf("gone")]: room(1),
      [idOf("ani")]: room(2),
    });
    expect(roomsOf(stateAfterCommands(loaded, [ina, openRooms]))).toMatchObject({ con_citra1: room(2) });
  });

  it("BR12 two move the same person: the second is told", () => {
    const seen = {
      ...assign("ani", room(2)),
      args: { personId: idOf("ani"), roomId: room(2), from: room(1) },
    };
    const quicker = stateAfterCommands(opened, [as("fajar"), assign("ani", null)]);
    expect(outcome(quicker, ina, seen as ClassCommand)).toBe("moved-meanwhile");
    expect(outcome(opened, ina, seen as ClassCommand)).toContainEqual(moved("ani", room(2)));
  });

  it("BR13 people choose their room until it is full", () => {
    const chosen: ClassCommand = { type: "breakouts.plan", args: { count: 2, assign: "chosen", limit: 1 } };
    const choose = (roomId: BreakoutRoomId): ClassCommand => ({ type: "room.choose", args: { roomId } });
    const planned = stateAfterCommands(start, [ina, chosen], [as("ani"), choose(room(1))]);
    expect(outcome(planned, as("budi"), choose(room(1)))).toBe("room-full");
    expect(outcome(planned, as("budi"), choose(room(9)))).toBe("room-unknown");
    expect(outcome(planned, as("ani"), choose(room(1)))).toEqual([]);
    expect(outcome(planned, ina, choose(room(2)))).toBe("forbidden");
    expect(outcome(opened, as("ani"), choose(room(2)))).toBe("room-not-chosen");
    const open = stateAfterCommands(planned, [ina, openRooms], [as("budi"), choose(room(2))]);
    expect(roomsOf(open)).toMatchObject({ con_ani1: room(1), con_budi1: room(2), con_citra1: "main" });
  });

  it("BR14 more time counts from the end, or from now", () => {
    const timed = stateAfterCommands(
      start,
      [ina, plan(2)],
      [ina, { type: "breakouts.open", args: { minutes: 20 } }],
    );
    const endsAt = timed.breakouts?.endsAt ?? 0;
    const more: ClassCommand = { type: "breakouts.extend", args: { minutes: 5 } };
    expect(outcome(timed, ina, more)).toEqual([
      { type: "breakouts.extended", endsAt: endsAt + 5 * 60_000, by: idOf("ina") },
    ]);
    expect(outcome(timed, ina, more, { now: endsAt + 1 })).toMatchObject([
      { endsAt: endsAt + 1 + 5 * 60_000 },
    ]);
    expect(outcome(opened, ina, more)).toHaveLength(1);
    expect(outcome(start, ina, more)).toBe("breakouts-not-open");
  });

  it("BR15 one room is recalled, with those of it who are away for the moment", () => {
    const recall: ClassCommand = { type: "breakouts.recall", args: { roomId: room(1) } };
    const state = stateAfterCommands(opened, [as("citra"), wait("citra")], [ina, recall]);
    expect(roomsOf(state)).toMatchObject({ con_ani1: "main", con_budi1: room(2) });
    const back = outcome(state, as("citra"), joinCommand("citra", 1, 2)) as ClassEvent[];
    expect(back.at(-1)).toMatchObject({ type: "presence.joined", room: "main" });
    expect(outcome(start, ina, recall)).toBe("breakouts-not-open");
  });

  it("BR17 the slides that go along are on every room's stage, in their part alone", () => {
    const deck = { deckId: "dck_1" as DeckId, title: "Kasus", pageCount: 9 };
    const slides = { deck, from: 3, to: 5 };
    const state = stateAfterCommands(
      start,
      [ina, { type: "breakouts.plan", args: { count: 2, assign: "even", slides } }],
      [ina, openRooms],
    );
    expect(state.stages.get(room(2))).toEqual({ deck, page: 3, from: 3, to: 5 });
    const turn = (page: number): ClassCommand => ({ type: "page.turn", args: { page } });
    expect(outcome(state, as("ani"), turn(6))).toBe("page-out-of-range");
    const turned = stateAfterCommands(state, [as("ani"), turn(4)]);
    expect([room(1), room(2)].map((id) => turned.stages.get(id)?.page)).toEqual([4, 3]);
    const again = stateAfterCommands(turned, [ina, closeRooms], [ina, plan(2)]);
    expect(again.stages.size).toBe(0);
  });

  it("PG4 slides of a breakout room are turned by everybody in it, those of the main room by staff", () => {
    const deck = { deckId: "dck_1" as DeckId, title: "Kasus", pageCount: 2 };
    const show: ClassCommand = { type: "deck.show", args: { deck } };
    expect(outcome(opened, as("ani"), show)).toMatchObject([{ type: "deck.shown", room: room(1) }]);
    expect(outcome(start, as("ani"), show)).toBe("forbidden");
    expect(outcome(start, as("ani"), { type: "deck.hide", args: {} })).toBe("forbidden");
    expect(outcome(opened, ina, show)).toMatchObject([{ type: "deck.shown", room: "main" }]);
  });

  it("BR19 a room that everybody has left stays open, and takes in whoever comes", () => {
    const emptied = stateAfterCommands(opened, [as("budi"), wait("budi")], [ina, closeRooms]);
    expect(emptied.breakouts?.status).toBe("planned");
    const empty = stateAfterCommands(opened, [as("budi"), wait("budi")], [ina, enter(room(2))]);
    expect(roomsOf(empty)).toMatchObject({ con_ina1: room(2) });
    const events = outcome(empty, as("dewi"), joinCommand("dewi")) as ClassEvent[];
    expect(events.at(-1)).toMatchObject({ type: "presence.joined", room: room(2) });
    const back = outcome(empty, as("budi"), joinCommand("budi", 1, 2)) as ClassEvent[];
    expect(back.at(-1)).toMatchObject({ room: room(2) });
  });
});
