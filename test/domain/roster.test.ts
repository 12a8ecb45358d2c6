import { describe, expect, it } from "vitest";
import { viewFrom, withRoster } from "../../client/class/class-view.ts";
import { snapshotFrom } from "../../server/domain/projection.ts";
import { rosterPagesFrom } from "../../server/domain/roster.ts";
import type { ClassInfo } from "../../server/protocol/views.ts";
import { as, connectionOf, idOf, joined, stateAfter, stateAfterCommands } from "../support/class-story.ts";

const info: ClassInfo = {
  ...{ sessionId: "ses_1", title: "Kelas", unit: "Etika", programme: "AI", timeZone: "Asia/Jakarta" },
  slots: [],
};
const names = Array.from({ length: 250 }, (_, index) => `p${index}`);
const large = stateAfterCommands(
  stateAfter(joined("ina"), ...names.map((name) => joined(name))),
  [as("p7"), { type: "hand.raise", args: {} }],
  [
    { kind: "server" },
    {
      type: "media.report",
      args: { connectionId: connectionOf("p9"), source: "microphone", status: "live" },
    },
  ],
);
const viewer = (name: string) => ({
  ...{ personId: idOf(name), connectionId: connectionOf(name), name, role: "participant" as const },
  ...{ room: "main" as const, isStaff: false },
});
const shown = (name: string) => snapshotFrom(large, viewer(name), info, 1);

describe("the roster of a large class", () => {
  it("FO6 a snapshot shows oneself, staff, raised hands and who speaks; the rest follows in pages", () => {
    const snapshot = shown("p3");
    expect(snapshot.rosterFollows).toBe(true);
    const wanted = ["ina", "p3", "p7", "p9"];
    expect(snapshot.connections.map(({ connectionId }) => connectionId)).toEqual(
      wanted.map((name) => connectionOf(name)),
    );
    expect(new Set(snapshot.people.map(({ personId }) => personId))).toEqual(new Set(wanted.map(idOf)));
    const pages = rosterPagesFrom(large);
    expect(pages.map(({ page, of, people }) => [page, of, people.length])).toEqual([
      [0, 3, 100],
      [1, 3, 100],
      [2, 3, 51],
    ]);
    const whole = withRoster(viewFrom(snapshot), pages);
    expect([...whole.connections.keys()]).toEqual(["ina", ...names].map((name) => connectionOf(name)));
    expect([...whole.people.keys()]).toEqual(["ina", ...names].map(idOf));
  });

  it("FO6 a class of a hundred goes into its snapshot whole", () => {
    const small = stateAfter(...names.slice(0, 100).map((name) => joined(name)));
    const snapshot = snapshotFrom(small, viewer("p3"), info, 1);
    expect(snapshot.rosterFollows).toBeUndefined();
    expect(snapshot.connections).toHaveLength(100);
  });

  it("FO6 another room's snapshot of a large class keeps whom the client knows", () => {
    const whole = withRoster(viewFrom(shown("p3")), rosterPagesFrom(large));
    const moved = viewFrom({ ...shown("p3"), seq: large.seq + 1 }, whole);
    expect(moved.connections.size).toBe(251);
    expect([...moved.people.keys()]).toEqual([...whole.people.keys()]);
    expect(viewFrom(shown("p3"), null).connections.size).toBe(4);
  });
});
