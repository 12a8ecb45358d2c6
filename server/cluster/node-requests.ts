import type { Registry } from "../live/registry.ts";
import type { Classes } from "../ports.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { NodeRequest } from "./cluster-bus.ts";
import type { Drain } from "./drain.ts";
import type { HeldTurns } from "./held-turns.ts";

/** Carries out what other nodes ask of this one. */
export function createNodeRequests(parts: {
  readonly registry: Registry;
  readonly local: Classes;
  readonly turns: HeldTurns;
  readonly drain: Drain;
}): (request: NodeRequest) => Promise<Result<boolean | null>> {
  const { registry, local, turns, drain } = parts;

  return async (request) => {
    switch (request.kind) {
      case "take": {
        const taken = await registry.taken(request.sessionId);
        return taken.ok ? accept(null) : taken;
      }
      case "open":
      case "close":
        return done(await local[request.kind](request.sessionId, request.by));
      case "answer":
        return done(await local.answer(request.sessionId, request.answer));
      case "reload":
        return accept(await local.reload(request.sessionId));
      case "hold":
        return done(await turns.hold(request.sessionId, request.holdId));
      case "release":
        return done(await turns.release(request.holdId));
      case "drain":
        return done(await drain.drain());
      case "resume":
        drain.resume();
        return accept(null);
    }
  };
}

function done(result: Result): Result<null> {
  return result.ok ? accept(null) : result;
}
