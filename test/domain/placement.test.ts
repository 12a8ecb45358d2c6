import { describe, expect, it } from "vitest";
import { placementFrom } from "../../sfu/placement.ts";

describe("where a class's next peer is placed", () => {
  const limits = { consumersPerRouter: 100, maxBranches: 3 };
  const carries = (peers: number, consumers: number) => ({ peers, consumers });
  const cases: readonly (readonly [string, Parameters<typeof placementFrom>[0], number | null])[] = [
    ["on the first router while it carries more", [carries(10, 40)], 0],
    ["on a new one once its consumers pass what a worker carries", [carries(10, 100)], null],
    ["on a new one once its people are expected to receive as much", [carries(50, 0)], null],
    ["on the first that has room again", [carries(20, 60), carries(1, 2)], 0],
    ["on the second while only it has room", [carries(50, 120), carries(1, 2)], 1],
    ["on the least loaded when no worker is left", [carries(50, 300), carries(50, 110), carries(50, 120)], 1],
  ];
  it.each(cases)("MS17 %s", (_what, branches, expected) => {
    expect(placementFrom(branches, limits)).toBe(expected);
  });
});
