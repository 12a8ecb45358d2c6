import type { PersonId, RoomId } from "../../server/protocol/ids.ts";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";

/** What is told beside the picture: a message, a hand that went up, or somebody who was called on. */
export type StoryItem =
  | {
      readonly kind: "message";
      readonly key: string;
      readonly atMs: number;
      readonly personId: PersonId;
      readonly text: string;
    }
  | {
      readonly kind: "raised" | "called";
      readonly key: string;
      readonly atMs: number;
      readonly personId: PersonId;
    };

/** A room's messages and everybody's hands, in order of time. */
export function storyFrom({ chat, hands }: PlaybackTimeline, room: RoomId): readonly StoryItem[] {
  const messages = chat
    .filter((message) => message.room === room)
    .map(({ messageId, atMs, personId, text }) => ({
      kind: "message" as const,
      key: messageId,
      atMs,
      personId,
      text,
    }));
  const raised = hands.flatMap(({ atMs, personId, change }) =>
    change === "lowered" ? [] : [{ kind: change, key: `${change}${atMs}${personId}`, atMs, personId }],
  );
  return [...messages, ...raised].toSorted((a, b) => a.atMs - b.atMs);
}
