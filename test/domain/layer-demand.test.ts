import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LayerDemand } from "../../sfu/layer-demand.ts";
import { isShareHeld } from "../../sfu/share-limit.ts";

describe("the layers that a camera sends", () => {
  let told: number[];
  let demand: LayerDemand;
  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    demand = new LayerDemand({ top: 2, lowerAfterMs: 5_000, onHighest: (highest) => told.push(highest) });
  });
  afterEach(() => {
    demand.close();
    vi.useRealTimers();
  });

  it("MS21 all until nobody has received any for a while", () => {
    vi.advanceTimersByTime(4_999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([-1]);
  });

  it("MS21 more at once, less only when that lasts", () => {
    demand.change(null, 0);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([0]);
    demand.change(null, 1);
    expect(told).toEqual([0, 1]);
    demand.change(1, 2);
    expect(told).toEqual([0, 1, 2]);
    demand.change(2, 1);
    vi.advanceTimersByTime(4_000);
    demand.change(1, 2);
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual([0, 1, 2]);
    demand.change(2, null);
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([0, 1, 2, 0]);
  });

  it("MS21 a layer above the highest is the highest, and a closed demand tells nothing", () => {
    demand.change(null, 9);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
    demand.change(9, null);
    demand.close();
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });

  it("MS21 who receives a camera goes after it, and turns the publisher's next one off no more", () => {
    demand.change(null, 2);
    demand.close();
    demand.change(2, null);
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });
});

describe("a share in a large class", () => {
  it("MS22 is held above 300 people, and let go only below 270", () => {
    expect([300, 301].map((people) => isShareHeld(people, false))).toEqual([false, true]);
    expect([270, 269].map((people) => isShareHeld(people, true))).toEqual([true, false]);
  });
});
