import { describe, expect, it } from "vitest";
import { EMPTY_CLASS } from "../../server/domain/class-state.ts";
import { createRunner } from "../../server/live/runner.ts";
import type { SequencedEvent } from "../../server/protocol/events.ts";
import { as, joinCommand } from "../support/class-story.ts";
import { countedIds } from "../support/counted-ids.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const raise = { type: "hand.raise", args: {} } as const;

function runnerOn(append: (events: readonly SequencedEvent[]) => Promise<void>) {
  const told: SequencedEvent[][] = [];
  const { log, lines } = createQuietLog();
  const runner = createRunner({
    initial: EMPTY_CLASS,
    clock: new FakeClock(),
    newId: countedIds(),
    plan: () => ({ closesAt: Number.POSITIVE_INFINITY, isCancelled: false }),
    log,
    append,
    onEvents: (events) => told.push([...events]),
  });
  return { runner, told, lines };
}

describe("a class's queue", () => {
  it("RN1 commands that come while a write is under way are decided in turn and share the next write", async () => {
    const writes: number[] = [];
    const first = Promise.withResolvers<void>();
    const { runner } = runnerOn((events) => {
      writes.push(events.length);
      return writes.length === 1 ? first.promise : Promise.resolve();
    });
    const names = ["ina", "ani", "budi", "citra"];
    const joins = names.map((name) => runner.run(joinCommand(name), as(name)));
    const hands = [runner.run(raise, as("ani")), runner.run(raise, as("ani"))];
    first.resolve();
    const results = await Promise.all([...joins, ...hands]);
    expect(writes).toHaveLength(2);
    expect(results.map((result) => (result.ok ? "ok" : result.code))).toEqual([
      "ok",
      "ok",
      "ok",
      "ok",
      "ok",
      "hand-already-raised",
    ]);
    expect(runner.state().connections.size).toBe(4);
    expect(runner.state().seq).toBe(9);
  });

  it("RN2 a write that fails refuses all it carried and leaves the class as it was", async () => {
    let isBroken = true;
    const { runner, told, lines } = runnerOn(async () => {
      if (isBroken) throw new Error("the disk is full");
    });
    const before = runner.state();
    expect(await runner.run(joinCommand("ani"), as("ani"))).toEqual({ ok: false, code: "unavailable" });
    expect(runner.state()).toBe(before);
    expect(told).toEqual([]);
    expect(lines.map((line) => line.level)).toEqual(["error"]);
    isBroken = false;
    expect(await runner.run(joinCommand("ani"), as("ani"))).toMatchObject({ ok: true });
    expect(runner.state().seq).toBe(2);
  });

  it("RN3 a command that breaks answers and does not stop the queue", async () => {
    const { runner } = runnerOn(async () => undefined);
    const broken = { type: "presence.join", args: null } as never;
    expect(await runner.run(broken, as("ani"))).toEqual({ ok: false, code: "internal" });
    expect(await runner.run(joinCommand("ani"), as("ani"))).toMatchObject({ ok: true });
  });
});
