import { describe, expect, it } from "vitest";
import { followingFrom } from "../../client/playback/follow-clock.ts";
import {
  isLineTooSlow,
  lineAfterFetch,
  lineAfterWait,
  UNKNOWN_LINE,
} from "../../client/playback/line-speed.ts";
import {
  farPieces,
  nextPiece,
  type Piece,
  picturePiecesFrom,
  pieceAt,
  soundPiecesFrom,
} from "../../client/playback/piece-plan.ts";
import { playableFrom } from "../../client/playback/position-rules.ts";
import { stillPathAt } from "../../client/playback/still-follower.ts";
import type { PlaybackTrack } from "../../server/protocol/playback.ts";

const track = (trackId: string, ...spans: (readonly [number, number])[]) =>
  ({
    trackId,
    segments: spans.map(([startMs, endMs], number) => ({ number, startMs, endMs, bytes: 1_000 })),
  }) as unknown as PlaybackTrack;
const pieces = picturePiecesFrom([
  track("000001", [0, 10_000], [10_000, 20_000]),
  track("000004", [60_000, 70_000]),
]);
const pathOf = (piece: Piece | undefined) => piece?.path;
const none = () => false;

describe("what a player fetches", () => {
  it("PB13 is the piece at the position, then what follows shortly, and nothing twice", () => {
    expect(pathOf(nextPiece(pieces, none, 12_000, 25_000))).toBe("tracks/000001/1");
    expect(pathOf(nextPiece(pieces, none, 25_000, 25_000))).toBeUndefined();
    expect(pathOf(nextPiece(pieces, none, 40_000, 25_000))).toBe("tracks/000004/0");
    const isLoaded = ({ startMs }: Piece) => startMs === 0;
    expect(pathOf(nextPiece(pieces, isLoaded, 3_000, 25_000))).toBe("tracks/000001/1");
    expect(pathOf(nextPiece(pieces, () => true, 3_000, 90_000))).toBeUndefined();
    expect(pathOf(nextPiece(pieces, none, 90_000, 25_000))).toBeUndefined();
  });

  it("PB13 knows what belongs to a moment, also at the seams", () => {
    expect(pathOf(pieceAt(pieces, 9_999))).toBe("tracks/000001/0");
    expect(pathOf(pieceAt(pieces, 10_000))).toBe("tracks/000001/1");
    expect(pathOf(pieceAt(pieces, 20_000))).toBeUndefined();
    const overlapping = picturePiecesFrom([track("000001", [0, 10_000]), track("000002", [9_000, 12_000])]);
    expect(pathOf(pieceAt(overlapping, 9_500))).toBe("tracks/000002/0");
  });

  it("PB13 forgets what lies far behind and far ahead", () => {
    const far = farPieces(pieces, 35_000, { behindMs: 20_000, aheadMs: 20_000 });
    expect(far.map(pathOf)).toEqual(["tracks/000001/0", "tracks/000004/0"]);
  });

  it("PB13 sound goes to the end; of a recording under way as far as every segment is known", () => {
    const ended = soundPiecesFrom({ durationMs: 25_000, isUnderWay: false }, "main", "full");
    expect(ended.map(pathOf)).toEqual(["sound/full/main/0", "sound/full/main/1", "sound/full/main/2"]);
    const underWay = (durationMs: number) =>
      soundPiecesFrom({ durationMs, isUnderWay: true }, "main", "thin").length;
    expect([underWay(11_000), underWay(31_999), underWay(32_000)]).toEqual([0, 1, 2]);
  });
});

describe("the time that is played", () => {
  it("PB11 passes over pauses and outages, and stays in the recording", () => {
    const timeline = {
      durationMs: 100_000,
      gaps: [
        { kind: "pause", fromMs: 10_000, toMs: 20_000 },
        { kind: "outage", fromMs: 20_000, toMs: 25_000 },
        { kind: "pause", fromMs: 90_000, toMs: 200_000 },
      ] as const,
    };
    const from = (positionMs: number) => playableFrom(timeline, positionMs);
    expect([from(-5), from(9_999), from(10_000), from(22_000), from(25_000), from(95_000)]).toEqual([
      0, 9_999, 25_000, 25_000, 25_000, 100_000,
    ]);
  });

  it("PB12 a picture that is near catches up, one that is far jumps; standing still it is exact", () => {
    const running = (aheadMs: number, speed = 1) => followingFrom({ aheadMs, isRunning: true, speed });
    expect(running(10)).toEqual({ kind: "run", rate: 1 });
    expect(running(-60)).toEqual({ kind: "run", rate: 1.06 });
    expect(running(200, 2)).toEqual({ kind: "run", rate: 1.8 });
    expect(running(-400, 2)).toEqual({ kind: "run", rate: 2.2 });
    expect(running(-400)).toEqual({ kind: "jump" });
    expect(running(600, 2)).toEqual({ kind: "jump" });
    expect(followingFrom({ aheadMs: 30, isRunning: false, speed: 1 })).toEqual({ kind: "jump" });
    expect(followingFrom({ aheadMs: 5, isRunning: false, speed: 1 })).toEqual({ kind: "run", rate: 1 });
  });
});

describe("a thin line", () => {
  it("PB14 is known by what was measured, or by waiting again and again", () => {
    const slow = lineAfterFetch(UNKNOWN_LINE, 50_000, 1_000);
    expect(slow.kbits).toBe(400);
    expect([isLineTooSlow(slow, 300), isLineTooSlow(slow, 400), isLineTooSlow(UNKNOWN_LINE, 400)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(lineAfterFetch(slow, 100, 5_000)).toEqual(slow);
    expect(lineAfterFetch(slow, 100_000, 1_000).kbits).toBeCloseTo(520);
    let line = UNKNOWN_LINE;
    for (const at of [0, 10_000, 20_000]) line = lineAfterWait(line, at);
    expect(isLineTooSlow(line, 1)).toBe(true);
    expect(isLineTooSlow(lineAfterWait(line, 75_000), 1)).toBe(false);
  });

  it("PB14 has a still of the share every five seconds", () => {
    expect(stillPathAt(pieces, 12_000)).toBe("stills/000001/1/0");
    expect(stillPathAt(pieces, 19_999)).toBe("stills/000001/1/5");
    expect(stillPathAt(pieces, 30_000)).toBeNull();
  });
});
