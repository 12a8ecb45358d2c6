import { RateLimiterMemory } from "rate-limiter-flexible";

/** What one socket may send: enough for joining a large class at once, too little to occupy the server. */
const ANY = { points: 300, duration: 5 };
/** What people type or tap. */
const TYPED = { points: 20, duration: 5 };
const TYPED_COMMANDS: readonly unknown[] = ["chat.post", "hand.raise", "hand.lower", "room.enter"];

/** Counts the commands of one socket. */
export function createCommandLimit() {
  const any = new RateLimiterMemory(ANY);
  const typed = new RateLimiterMemory(TYPED);
  return {
    /** Whether the command may be carried out now. */
    async take(name: unknown): Promise<boolean> {
      try {
        await any.consume("socket");
        if (TYPED_COMMANDS.includes(name)) await typed.consume("socket");
        return true;
      } catch {
        return false;
      }
    },
  };
}
