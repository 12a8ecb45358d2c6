import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createViewSender, type ShownMedia } from "../../client/media/view-sender.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function shown(...names: string[]): ShownMedia {
  const tiles = names.map(
    (name) => ({ connectionId: name as ConnectionId, source: "camera", width: 320 }) as const,
  );
  return { mode: "gallery", tiles };
}

function startedView() {
  const told: string[][] = [];
  const view = createViewSender(async (_name, args) => {
    told.push((args as ShownMedia).tiles.map(({ connectionId }) => connectionId));
    return { ok: true, data: undefined };
  });
  return { told, view };
}

describe("what is on screen", () => {
  it("FF3 tells the first pictures at once, and gathers what follows", () => {
    const { told, view } = startedView();
    view.tellAgain();
    view.show(shown("ani"));
    expect(told).toEqual([[], ["ani"]]);
    view.show(shown("ani", "budi"));
    view.show(shown("ani", "budi", "citra"));
    expect(told).toHaveLength(2);
    vi.advanceTimersByTime(150);
    expect(told.slice(2)).toEqual([["ani", "budi", "citra"]]);
  });

  it("FF3 says nothing before media has begun", () => {
    const { told, view } = startedView();
    view.show(shown("ani"));
    expect(told).toEqual([]);
    view.tellAgain();
    expect(told).toEqual([["ani"]]);
  });

  it("FF3 gathers what goes off the screen", () => {
    const { told, view } = startedView();
    view.tellAgain();
    view.show(shown("ani"));
    view.show(shown());
    view.show(shown("ani"));
    vi.advanceTimersByTime(150);
    expect(told).toEqual([[], ["ani"]]);
  });
});
