import { presentPeople } from "../domain/class-state.ts";
import type { Classes } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { AccountId, ApiKeyId, LinkId, SessionId } from "../protocol/ids.ts";
import type { Registry } from "./registry.ts";

/** The running classes as the HTTP API sees them. */
export function classesOf(registry: Registry, endLink: (linkId: LinkId) => void): Classes {
  async function asAdmin(
    sessionId: SessionId,
    adminId: AccountId | ApiKeyId,
    type: "class.open" | "class.close",
  ): Promise<Result> {
    const live = await registry.liveClass(sessionId);
    if (!live) return refuse("not-found");
    const result = await live.run({ type, args: {} }, { kind: "admin", adminId });
    return result.ok ? accept() : result;
  }

  return {
    async summary(sessionId) {
      const state = (await registry.liveClass(sessionId))?.state();
      if (!state) return { status: "scheduled", openedAt: null, presentCount: 0, recording: null };
      return {
        status: state.status,
        openedAt: state.openedAt,
        presentCount: presentPeople(state).length,
        recording: state.recording,
      };
    },
    async consentOf(sessionId, personId) {
      const state = (await registry.liveClass(sessionId))?.state();
      return state?.consents.get(personId) ?? null;
    },
    async answer(sessionId, args) {
      const live = await registry.liveClass(sessionId);
      if (!live) return refuse("not-found");
      const result = await live.run({ type: "recording.answer", args }, { kind: "server" });
      return result.ok ? accept() : result;
    },
    open: (sessionId, adminId) => asAdmin(sessionId, adminId, "class.open"),
    close: (sessionId, adminId) => asAdmin(sessionId, adminId, "class.close"),
    endLink,
    async reload(sessionId) {
      const live = registry.running().find(({ session }) => session.id === sessionId);
      if (!live) return true;
      if (!live.isIdle()) return false;
      registry.putAway(live);
      return true;
    },
    change: registry.change,
  };
}
