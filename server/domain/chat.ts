import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { ConnectionId, MessageId, PersonId } from "../protocol/ids.ts";
import type { ChatMessageView } from "../protocol/views.ts";
import type { ClassState, EventOf } from "./class-state.ts";

/** How many messages a class keeps at hand; the class log keeps all. */
export const CHAT_KEPT = 500;

/** CH1: to everybody in the room in which the writer is. */
export function decidePost(
  state: ClassState,
  author: { readonly personId: PersonId; readonly connectionId: ConnectionId },
  text: string,
  messageId: MessageId,
): Result<ClassEvent[]> {
  const connection = state.connections.get(author.connectionId);
  if (!connection) return refuse("not-present");
  return accept([{ type: "chat.posted", messageId, personId: author.personId, room: connection.room, text }]);
}

export function applyPosted(
  chat: readonly ChatMessageView[],
  event: EventOf<"chat.posted">,
  at: number,
): readonly ChatMessageView[] {
  const { messageId, personId, room, text } = event;
  return [...chat.slice(-(CHAT_KEPT - 1)), { messageId, personId, room, text, at }];
}
