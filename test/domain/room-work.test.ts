import { describe, expect, it } from "vitest";
import type { ClassCommand } from "../../server/domain/class-command.ts";
import type { BreakoutRoomId } from "../../server/protocol/ids.ts";
import {
  as,
  connectionOf,
  idOf,
  joinCommand,
  joined,
  outcome,
  stateAfter,
  stateAfterCommands,
} from "../support/class-story.ts";

const room = (number: number) => `rom_${number}` as BreakoutRoomId;
const ina = as("ina");
const fajar = as("fajar");
const start = stateAfter(joined("ina"), joined("fajar"), joined("ani"), joined("budi"), joined("citra"));
const work = {
  caseId: "cas_1",
  title: "Pengadaan",
  roles: [
    { code: "chair", title: "Ketua" },
    { code: "presenter", title: "Penyaji" },
  ],
};
const plan: ClassCommand = { type: "breakouts.plan", args: { count: 2, assign: "even", case: work } };
const openRooms: ClassCommand = { type: "breakouts.open", args: {} };
const closeRooms: ClassCommand = { type: "breakouts.close", args: {} };
const take = (role: string): ClassCommand => ({ type: "role.take", args: { role } });
const give = (role: string): ClassCommand => ({ type: "role.leave", args: { role } });
const help: ClassCommand = { type: "help.ask", args: {} };
const present = (number: number): ClassCommand => {
  return { type: "sheet.present", args: { roomId: room(number) } };
};
const hide: ClassCommand = { type: "sheet.hide", args: {} };
const enter = (number: number): ClassCommand => ({ type: "room.enter", args: { room: room(number) } });
const leave = (name: string): ClassCommand => {
  return { type: "presence.leave", args: { connectionId: connectionOf(name), reason: "left" } };
};
// Ani and Citra in room 1, Budi in room 2.
const opened = stateAfterCommands(start, [ina, plan], [ina, openRooms]);

describe("work in rooms", () => {
  it("RW1 a role is taken by a click, by one person a room, of the group alone", () => {
    const taken = stateAfterCommands(opened, [as("ani"), take("chair")], [as("budi"), take("chair")]);
    expect(taken.breakouts?.roles).toEqual({
      [room(1)]: { chair: idOf("ani") },
      [room(2)]: { chair: idOf("budi") },
    });
    expect(outcome(taken, as("ani"), take("chair"))).toEqual([]);
    expect(outcome(taken, as("citra"), take("chair"))).toBe("role-taken");
    expect(outcome(opened, as("ani"), take("king"))).toBe("role-unknown");
    expect(outcome(opened, ina, take("chair"))).toBe("not-in-room");
    expect(outcome(start, as("ani"), take("chair"))).toBe("breakouts-not-open");
    const visiting = stateAfterCommands(opened, [ina, enter(1)]);
    expect(outcome(visiting, ina, take("chair"))).toBe("forbidden");
    const gone = stateAfterCommands(taken, [as("ani"), leave("ani")]);
    expect(outcome(gone, as("citra"), take("chair"))).toMatchObject([{ personId: idOf("citra") }]);
  });

  it("RW2 a role is given back, freed by staff in the room, and lost with the room", () => {
    const taken = stateAfterCommands(opened, [as("ani"), take("chair")]);
    expect(stateAfterCommands(taken, [as("ani"), give("chair")]).breakouts?.roles[room(1)]).toEqual({});
    expect(outcome(taken, as("citra"), give("chair"))).toBe("forbidden");
    expect(outcome(taken, as("ani"), give("presenter"))).toEqual([]);
    const visiting = stateAfterCommands(taken, [ina, enter(1)]);
    expect(outcome(visiting, ina, give("chair"))).toHaveLength(1);
    const assign: ClassCommand = {
      type: "breakouts.assign",
      args: { personId: idOf("ani"), roomId: room(2) },
    };
    expect(stateAfterCommands(taken, [ina, assign]).breakouts?.roles[room(1)]).toEqual({});
  });

  it("RW3 a room asks for help once, and the queue has the order of asking", () => {
    const asked = stateAfterCommands(opened, [as("budi"), help], [as("ani"), help]);
    expect(asked.breakouts?.help.map(({ roomId }) => roomId)).toEqual([room(2), room(1)]);
    expect(outcome(asked, as("citra"), help)).toEqual([]);
    expect(outcome(opened, ina, help)).toBe("not-in-room");
    expect(outcome(stateAfterCommands(opened, [ina, enter(1)]), ina, help)).toBe("forbidden");
  });

  it("BR16 staff who come to the room have answered", () => {
    const asked = stateAfterCommands(opened, [as("ani"), help], [as("budi"), help]);
    const answered = stateAfterCommands(asked, [ina, enter(1)]);
    expect(answered.breakouts?.help).toMatchObject([{ roomId: room(2) }]);
  });

  it("RW4 who is in the room takes the call back, staff end any", () => {
    const asked = stateAfterCommands(opened, [as("ani"), help]);
    const cancel = (roomId?: BreakoutRoomId): ClassCommand => {
      return { type: "help.cancel", args: roomId ? { roomId } : {} };
    };
    expect(stateAfterCommands(asked, [as("citra"), cancel()]).breakouts?.help).toEqual([]);
    expect(outcome(asked, as("budi"), cancel(room(1)))).toBe("forbidden");
    expect(outcome(asked, as("budi"), cancel())).toBe("help-not-asked");
    expect(outcome(asked, ina, cancel(room(1)))).toHaveLength(1);
  });

  it("RW5 what staff write to all rooms is kept, the last 20, while rooms are open", () => {
    const say = (text: string): ClassCommand => ({ type: "broadcast.post", args: { text } });
    const steps = Array.from({ length: 22 }, (_, index) => [ina, say(`${index}`)] as const);
    const told = stateAfterCommands(opened, ...steps);
    expect(told.breakouts?.broadcasts).toHaveLength(20);
    expect(told.breakouts?.broadcasts[0]).toMatchObject({ text: "2", personId: idOf("ina") });
    expect(stateAfterCommands(told, [ina, closeRooms]).breakouts?.broadcasts).toEqual([]);
    expect(outcome(start, ina, say("a"))).toBe("breakouts-not-open");
  });

  it("RW6 one voice at a time is heard in all rooms", () => {
    const speak = (isOn: boolean): ClassCommand => ({ type: "broadcast.voice", args: { isOn } });
    const on = stateAfterCommands(opened, [ina, speak(true)]);
    expect(on.breakouts?.voice).toBe(connectionOf("ina"));
    expect(outcome(on, ina, speak(true))).toEqual([]);
    expect(stateAfterCommands(on, [fajar, speak(true)]).breakouts?.voice).toBe(connectionOf("fajar"));
    expect(stateAfterCommands(on, [ina, speak(false)]).breakouts?.voice).toBeNull();
    expect(stateAfterCommands(on, [ina, leave("ina")]).breakouts?.voice).toBeNull();
    expect(stateAfterCommands(on, [ina, closeRooms]).breakouts?.voice).toBeNull();
    expect(outcome(start, ina, speak(true))).toBe("breakouts-not-open");
  });

  it("RW7 staff put any sheet on the stage, its presenter once rooms are closed and the stage is free", () => {
    const taken = stateAfterCommands(opened, [as("ani"), take("presenter")], [as("budi"), take("presenter")]);
    expect(outcome(taken, as("ani"), present(1))).toBe("breakouts-open");
    expect(outcome(taken, as("citra"), present(1))).toBe("forbidden");
    const closed = stateAfterCommands(taken, [ina, closeRooms]);
    const shown = stateAfterCommands(closed, [as("ani"), present(1)]);
    expect(shown.breakouts?.presentedRoom).toBe(room(1));
    expect(outcome(shown, as("budi"), present(2))).toBe("stage-taken");
    expect(outcome(shown, as("budi"), present(1))).toEqual([]);
    expect(stateAfterCommands(shown, [ina, present(2)]).breakouts?.presentedRoom).toBe(room(2));
    expect(outcome(closed, ina, present(9))).toBe("room-unknown");
    const bare: ClassCommand = { type: "breakouts.plan", args: { count: 1, assign: "even" } };
    expect(outcome(stateAfterCommands(start, [ina, bare]), ina, present(1))).toBe("no-case");
  });

  it("RW8 staff and its presenter take it away", () => {
    const shown = stateAfterCommands(opened, [as("ani"), take("presenter")], [ina, present(1)]);
    expect(outcome(shown, as("budi"), hide)).toBe("forbidden");
    expect(outcome(shown, as("ani"), hide)).toHaveLength(1);
    expect(stateAfterCommands(shown, [fajar, hide]).breakouts?.presentedRoom).toBeNull();
    expect(outcome(opened, ina, hide)).toEqual([]);
  });

  it("BR7 roles, help and the clock are there for who comes back", () => {
    const busy = stateAfterCommands(opened, [as("ani"), take("chair")], [as("ani"), help]);
    const back = stateAfterCommands(busy, [as("ani"), leave("ani")], [as("ani"), joinCommand("ani", 1, 2)]);
    expect(back.breakouts).toEqual(busy.breakouts);
  });
});
