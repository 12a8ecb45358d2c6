import { describe, expect, it } from "vitest";
import { closesAtFrom } from "../../server/domain/lifecycle.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import { as, connectionOf, idOf, joined, NOW, outcome, server, stateAfter } from "../support/class-story.ts";

const open = { type: "class.open", args: {} } as const;
const close = { type: "class.close", args: {} } as const;
const opened: ClassEvent = { type: "class.opened", by: idOf("ina") };
const closed: ClassEvent = { type: "class.closed", by: idOf("ina") };

describe("lifecycle", () => {
  it.each([
    ["a class before its first opening", [], [opened]],
    ["a class that was closed", [opened, closed], [opened]],
    ["an open class", [opened], "class-already-open"],
  ] as const)("CL1 opening %s", (_what, events, expected) => {
    expect(outcome(stateAfter([...events]), as("ina"), open)).toEqual(expected);
  });

  it("CL2 only an open class is closed; connections outlive it, media and hands do not", () => {
    expect(outcome(stateAfter(), as("ina"), close)).toBe("class-not-open");
    const live: ClassEvent = {
      type: "media.changed",
      connectionId: connectionOf("ani"),
      source: "microphone",
      status: "live",
      by: idOf("ani"),
    };
    const raised: ClassEvent = { type: "hand.raised", personId: idOf("ani") };
    const state = stateAfter(joined("ani"), opened, live, raised);
    expect(outcome(state, as("ina"), close)).toEqual([closed]);
    const after = stateAfter(joined("ani"), opened, live, raised, closed);
    expect(after.status).toBe("closed");
    expect(after.hands).toEqual([]);
    expect([...after.connections.values()]).toMatchObject([{ personId: idOf("ani"), media: {} }]);
  });

  it("CL3 the server closes 30 minutes after the last slot, and then nobody opens again", () => {
    const slots = [
      { id: "a", startAt: 0, endAt: 100, jp: 1 },
      { id: "b", startAt: 200, endAt: 5000, jp: 1 },
      { id: "c", startAt: 150, endAt: 180, jp: 1 },
    ];
    expect(closesAtFrom(slots)).toBe(5000 + 30 * 60_000);
    expect(closesAtFrom([])).toBe(Number.POSITIVE_INFINITY);
    expect(outcome(stateAfter(), as("ina"), open, { closesAt: NOW })).toBe("class-over");
    expect(outcome(stateAfter(), as("ina"), open, { closesAt: NOW + 1 })).toEqual([opened]);
  });

  it("CL4 after a stop an open class says so; in another each connection is ended by itself", () => {
    const recover = { type: "class.recover", args: { lastAliveAt: 7 } } as const;
    const recovered: ClassEvent = { type: "server.recovered", lastAliveAt: 7 };
    expect(outcome(stateAfter(joined("ani"), opened), server, recover)).toEqual([recovered]);
    expect(stateAfter(joined("ani"), opened, recovered).connections.size).toBe(0);
    expect(outcome(stateAfter(joined("ani")), server, recover)).toEqual([
      { type: "presence.left", connectionId: connectionOf("ani"), reason: "server-stopped" },
    ]);
  });
});
