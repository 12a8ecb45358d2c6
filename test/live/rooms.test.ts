import { describe, expect, it } from "vitest";
import { createRoomOverview } from "../../server/live/room-overview.ts";
import { createRoomTimer } from "../../server/live/room-timer.ts";
import type { RoomId } from "../../server/protocol/ids.ts";
import type { RoomOverview } from "../../server/protocol/views.ts";
import { as, connectionOf, idOf, joined, stateAfter, stateAfterCommands } from "../support/class-story.ts";
import { FakeClock } from "../support/fake-clock.ts";

const ina = as("ina");
const start = stateAfter(joined("ina"), joined("ani"), joined("budi"));
const opened = (minutes?: number) =>
  stateAfterCommands(
    start,
    [ina, { type: "breakouts.plan", args: { count: 2, assign: "even" } }],
    [ina, { type: "breakouts.open", args: minutes === undefined ? {} : { minutes } }],
  );

describe("rooms over time", () => {
  it("BR18 rooms close when their time is over, however often it was changed, and after a restart", () => {
    const state = opened(10);
    const endsAt = state.breakouts?.endsAt ?? 0;
    const clock = new FakeClock(endsAt - 600_000);
    let closed = 0;
    const timer = createRoomTimer(clock, () => closed++);
    timer.follow(state);
    clock.advance(599_999);
    expect(closed).toBe(0);
    const longer = stateAfterCommands(state, [ina, { type: "breakouts.extend", args: { minutes: 5 } }]);
    timer.follow(longer);
    clock.advance(60_000);
    expect(closed).toBe(0);
    clock.advance(240_001);
    expect(closed).toBe(1);
    timer.close();

    const late = createRoomTimer(clock, () => closed++);
    late.follow(state);
    clock.advance(0);
    expect(closed).toBe(2);
    late.close();
  });

  it("RW9 staff are told who speaks in which room, and how long everybody has spoken", () => {
    const state = opened();
    const room = (name: string) => state.connections.get(connectionOf(name))?.room as RoomId;
    const clock = new FakeClock(1_000_000);
    const told: RoomOverview[] = [];
    const teller = createRoomOverview({
      clock,
      state: () => state,
      progress: () => ({}),
      send: (one) => told.push(one),
    });
    teller.heard(room("ani"), [connectionOf("ani")]);
    teller.follow(state);
    teller.heard(room("ani"), [connectionOf("ani")]);
    clock.advance(1_500);
    teller.heard(room("ani"), []);
    teller.heard(room("budi"), [connectionOf("budi")]);
    clock.advance(500);
    expect(told).toEqual([
      {
        speaking: { [room("budi")]: [idOf("budi")] },
        spokenMs: { [idOf("ani")]: 1_500, [idOf("budi")]: 500 },
        answers: {},
      },
    ]);
    teller.follow(stateAfterCommands(state, [ina, { type: "breakouts.close", args: {} }]));
    clock.advance(10_000);
    expect(told).toHaveLength(1);
    teller.close();
  });
});
