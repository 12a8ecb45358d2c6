import { describe, expect, it } from "vitest";
import type { ClassEvent } from "../../server/protocol/events.ts";
import { as, connectionOf, idOf, joined, outcome, stateAfter } from "../support/class-story.ts";

const raised = (name: string): ClassEvent => ({ type: "hand.raised", personId: idOf(name) });
const called = (name: string): ClassEvent => ({ type: "hand.called", personId: idOf(name), by: idOf("ina") });
const lowered = (name: string, by = name): ClassEvent => {
  return { type: "hand.lowered", personId: idOf(name), by: idOf(by) };
};
const present = [joined("ina"), joined("ani"), joined("budi")].flat();
const raise = { type: "hand.raise", args: {} } as const;
const lower = (name?: string) => {
  return { type: "hand.lower", args: name === undefined ? {} : { personId: idOf(name) } } as const;
};
const call = (name: string) => ({ type: "hand.call", args: { personId: idOf(name) } }) as const;
const clear = { type: "hands.clear", args: {} } as const;

describe("hands", () => {
  it("HQ1 the queue has the order in which the server took the hands", () => {
    const state = stateAfter(present, raised("budi"), raised("ani"));
    expect(state.hands.map((hand) => hand.personId)).toEqual([idOf("budi"), idOf("ani")]);
    expect(state.hands[0]).toMatchObject({ raisedAt: present.length + 1, calledAt: null });
  });

  it("HQ2 a raised hand is not raised again", () => {
    expect(outcome(stateAfter(present), as("ani"), raise)).toEqual([raised("ani")]);
    expect(outcome(stateAfter(present, raised("ani")), as("ani"), raise)).toBe("hand-already-raised");
  });

  it.each([
    ["one's own", "ani", lower(), [lowered("ani")]],
    ["somebody's, by staff", "ina", lower("ani"), [lowered("ani", "ina")]],
    ["somebody's, by a participant", "budi", lower("ani"), "forbidden"],
    ["one that is not up", "budi", lower(), "hand-not-raised"],
    ["one that is not up, by staff", "ina", lower("budi"), "hand-not-raised"],
  ] as const)("HQ3 lowering %s", (_what, who, command, expected) => {
    expect(outcome(stateAfter(present, raised("ani")), as(who), command)).toEqual(expected);
  });

  it("HQ4 any hand may be called, not the first alone; a called one stays called", () => {
    const state = stateAfter(present, raised("ani"), raised("budi"));
    expect(outcome(state, as("ina"), call("budi"))).toEqual([called("budi")]);
    expect(outcome(stateAfter(present, raised("budi"), called("budi")), as("ina"), call("budi"))).toEqual([]);
    expect(outcome(stateAfter(present), as("ina"), call("ani"))).toBe("hand-not-raised");
  });

  it("HQ5 calling the next lowers the hand of whoever was called before", () => {
    const state = stateAfter(present, raised("ani"), raised("budi"), called("ani"));
    expect(outcome(state, as("ina"), call("budi"))).toEqual([lowered("ani", "ina"), called("budi")]);
  });

  it("HQ6 a lost line keeps the hand, a called absentee is refused, leaving by the button lowers it", () => {
    const gone: ClassEvent = {
      type: "presence.left",
      connectionId: connectionOf("ani"),
      reason: "connection-lost",
    };
    const state = stateAfter(present, raised("ani"), gone);
    expect(state.hands).toHaveLength(1);
    expect(outcome(state, as("ina"), call("ani"))).toBe("person-not-present");
    const leave = { connectionId: connectionOf("ani"), reason: "left" };
    expect(
      outcome(stateAfter(present, raised("ani")), as("ani"), { type: "presence.leave", args: leave }),
    ).toEqual([{ ...gone, reason: "left" }, lowered("ani")]);
  });

  it("HQ7 staff lower all; with none up nothing happens", () => {
    const state = stateAfter(present, raised("ani"), raised("budi"));
    expect(outcome(state, as("ina"), clear)).toEqual([{ type: "hands.cleared", by: idOf("ina") }]);
    expect(outcome(stateAfter(present), as("ina"), clear)).toEqual([]);
    expect(stateAfter(present, raised("ani"), { type: "hands.cleared", by: idOf("ina") }).hands).toEqual([]);
  });
});
