import type { PlaybackTimeline } from "../../server/protocol/playback.ts";

/** Something that happened, on the time line. */
export interface TimeMark {
  readonly kind: "hand" | "chat";
  readonly atMs: number;
  /** How many of them lie so close that one mark stands for all. */
  readonly count: number;
}

/** Where hands were raised and messages written; what lies closer than `nearMs` becomes one mark. */
export function marksFrom(
  { hands, chat }: Pick<PlaybackTimeline, "hands" | "chat">,
  nearMs: number,
): readonly TimeMark[] {
  const raised = hands.filter(({ change }) => change === "raised");
  return [...gathered("hand", raised, nearMs), ...gathered("chat", chat, nearMs)];
}

function gathered(
  kind: TimeMark["kind"],
  items: readonly { readonly atMs: number }[],
  nearMs: number,
): readonly TimeMark[] {
  const marks: TimeMark[] = [];
  for (const { atMs } of items) {
    const last = marks.at(-1);
    if (last && atMs - last.atMs < nearMs) marks[marks.length - 1] = { ...last, count: last.count + 1 };
    else marks.push({ kind, atMs, count: 1 });
  }
  return marks;
}
