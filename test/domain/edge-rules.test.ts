import { describe, expect, it } from "vitest";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { PublishedChanges, publishedAfter } from "../../sfu/edges/published-changes.ts";
import { roomFrom } from "../../sfu/placement.ts";
import type { PublishedMedia } from "../../sfu/subscription.ts";

const media = (producerId: string, isLive = true): PublishedMedia => ({
  ...{ producerId, isLive, room: MAIN_ROOM, source: "microphone" },
  connectionId: `con_${producerId}` as ConnectionId,
});

describe("how many people a node takes", () => {
  it.each([
    ["one empty worker", [], 1, 250],
    ["two of them", [], 2, 500],
    ["one half full", [{ peers: 125, consumers: 0 }], 0, 125],
    ["the heavier of people and streams", [{ peers: 10, consumers: 400 }], 0, 50],
    ["one stream short of full", [{ peers: 0, consumers: 499 }], 0, 1],
    ["full", [{ peers: 250, consumers: 0 }], 0, 0],
    ["too full, beside an empty one", [{ peers: 900, consumers: 0 }], 1, 250],
  ])("EG1 %s", (_case, branches, freeWorkers, people) => {
    expect(roomFrom(branches, { consumersPerRouter: 500, freeWorkers })).toBe(people);
  });
});

describe("what another node is told of what is published", () => {
  it("EG2 only what changed, and the other side has the same list in the same order", () => {
    const changes = new PublishedChanges();
    const steps = [
      [media("a"), media("b")],
      [media("a"), media("b")],
      [media("a"), media("b", false), media("c")],
      [media("b", false), media("c")],
      [],
    ];
    let other: readonly PublishedMedia[] = [];
    const told = steps.map((now) => {
      const pieces = changes.next(now);
      other = pieces.reduce(publishedAfter, other);
      expect(other).toEqual(now);
      return pieces.map(({ published, gone }) => [published.map((one) => one.producerId), gone]);
    });
    expect(told).toEqual([[[["a", "b"], []]], [], [[["b", "c"], []]], [[[], ["a"]]], [[[], ["b", "c"]]]]);
  });

  it("EG2 many in pieces", () => {
    const all = Array.from({ length: 1_201 }, (_, index) => media(`${index}`));
    const pieces = new PublishedChanges().next(all);
    expect(pieces.map(({ published }) => published.length)).toEqual([500, 500, 201]);
    expect(pieces.reduce(publishedAfter, [] as readonly PublishedMedia[])).toEqual(all);
  });
});
