import { randomUUID } from "node:crypto";
import { presentPeople } from "../domain/class-state.ts";
import type { Classes } from "../ports.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { ClassPlaces } from "./class-places.ts";
import type { ClassReader } from "./class-reader.ts";
import type { ClusterBus, NodeRequest } from "./cluster-bus.ts";

/**
 * The classes of the whole cluster as the HTTP API sees them: what is read comes from the database wherever a class
 * runs, what changes a class goes to its home node.
 */
export function routedClasses(parts: {
  readonly local: Classes;
  readonly places: ClassPlaces;
  readonly reader: ClassReader;
  readonly bus: ClusterBus;
}): Classes {
  const { local, places, reader, bus } = parts;

  /** At the class's home; where none runs it, one is found first. */
  async function atHome(
    sessionId: SessionId,
    here: () => Promise<Result>,
    request: NodeRequest,
  ): Promise<Result> {
    const home = await places.place(sessionId);
    if (!home.ok) return home;
    if (places.runsHere(sessionId)) return here();
    const answer = await bus.ask(home.data.id, request);
    return answer.ok ? accept() : answer;
  }

  return {
    async summary(sessionId) {
      if (places.runsHere(sessionId)) return local.summary(sessionId);
      const state = await reader.state(sessionId);
      const { status, openedAt, recording } = state;
      return { status, openedAt, presentCount: presentPeople(state).length, recording };
    },
    async consentOf(sessionId, personId) {
      if (places.runsHere(sessionId)) return local.consentOf(sessionId, personId);
      return (await reader.state(sessionId)).consents.get(personId) ?? null;
    },
    answer: (sessionId, answer) =>
      atHome(sessionId, () => local.answer(sessionId, answer), { kind: "answer", sessionId, answer }),
    open: (sessionId, by) =>
      atHome(sessionId, () => local.open(sessionId, by), { kind: "open", sessionId, by }),
    close: (sessionId, by) =>
      atHome(sessionId, () => local.close(sessionId, by), { kind: "close", sessionId, by }),
    endLink(linkId) {
      local.endLink(linkId);
      bus.tell({ kind: "link-ended", linkId });
    },
    async reload(sessionId) {
      reader.forget(sessionId);
      bus.tell({ kind: "class-rewritten", sessionId });
      if (places.runsHere(sessionId)) return local.reload(sessionId);
      const home = await places.homeOf(sessionId);
      if (!home) return true;
      const answer = await bus.ask(home.id, { kind: "reload", sessionId });
      return answer.ok && answer.data === true;
    },
    async change(sessionId, change) {
      const home = await places.place(sessionId);
      if (!home.ok) return home;
      if (places.runsHere(sessionId)) return local.change(sessionId, change);
      const holdId = randomUUID();
      const turn = await bus.ask(home.data.id, { kind: "hold", sessionId, holdId });
      if (!turn.ok) return turn;
      try {
        return await change();
      } finally {
        await bus.ask(home.data.id, { kind: "release", sessionId, holdId });
      }
    },
  };
}
