import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  differenceOf,
  gapsOf,
  intersectionOf,
  msWithin,
  type TimeSet,
  totalMs,
  unionOf,
} from "../../server/domain/intervals.ts";

const set = (...pairs: [number, number][]): TimeSet => pairs.map(([startAt, endAt]) => ({ startAt, endAt }));
const intervals = fc.array(
  fc.record({ startAt: fc.integer({ min: 0, max: 40 }), endAt: fc.integer({ min: 0, max: 40 }) }),
  { maxLength: 8 },
);
/** The set as the moments in it. */
const moments = (of: TimeSet) =>
  Array.from({ length: 41 }, (_, t) => of.some((span) => span.startAt <= t && t < span.endAt));

describe("intervals", () => {
  it("AT3 union merges what overlaps or touches and drops what is empty or inverted", () => {
    expect(unionOf(set([5, 8], [0, 2], [2, 3], [7, 9], [4, 4], [20, 10]))).toEqual(set([0, 3], [5, 9]));
  });

  it("AT4 gaps lie between neighbours alone", () => {
    expect(gapsOf(set([1, 2], [4, 5], [9, 10]))).toEqual(set([2, 4], [5, 9]));
    expect(gapsOf([])).toEqual([]);
  });

  it("AT7 measures within an interval", () => {
    expect(msWithin(set([0, 3], [5, 9], [20, 30]), { startAt: 2, endAt: 7 })).toBe(3);
    expect(totalMs(set([0, 3], [5, 9]))).toBe(7);
  });

  it("AT3 union is order-independent, and all operations agree with walking through the moments", () => {
    fc.assert(
      fc.property(intervals, intervals, fc.integer({ min: 0, max: 7 }), (some, others, turn) => {
        const a = unionOf(some);
        const b = unionOf(others);
        expect(unionOf([...some.slice(turn), ...some.slice(0, turn)].reverse())).toEqual(a);
        const inA = moments(a);
        const inB = moments(b);
        expect(moments(some.filter((one) => one.startAt < one.endAt))).toEqual(inA);
        expect(moments(intersectionOf(a, b))).toEqual(inA.map((is, t) => is && inB[t]));
        expect(moments(differenceOf(a, b))).toEqual(inA.map((is, t) => is && !inB[t]));
        for (const result of [a, intersectionOf(a, b), differenceOf(a, b)]) {
          for (const gap of gapsOf(result)) expect(gap.startAt).toBeLessThan(gap.endAt);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
