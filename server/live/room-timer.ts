import type { ClassState } from "../domain/class-state.ts";
import type { Clock } from "../ports.ts";

export interface RoomTimer {
  /** To be called with every new state: the timer is set by it alone, so that a restart sets it again. */
  follow(state: ClassState): void;
  close(): void;
}

/** BR18: rooms that were opened for a time close when it is over, however often it was changed. */
export function createRoomTimer(clock: Clock, closeRooms: () => void): RoomTimer {
  let endsAt: number | null = null;
  let cancel: (() => void) | null = null;

  function set(next: number | null): void {
    if (next === endsAt) return;
    cancel?.();
    endsAt = next;
    cancel = next === null ? null : clock.after(Math.max(0, next - clock.now()), closeRooms);
  }

  return {
    follow({ breakouts }) {
      set(breakouts?.status === "open" ? breakouts.endsAt : null);
    },
    close: () => set(null),
  };
}
