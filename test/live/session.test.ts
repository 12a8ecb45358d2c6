import { describe, expect, it } from "vitest";
import type { Entrant, LiveClass } from "../../server/live/live-class.ts";
import { accept, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId, LinkId, PersonId, SessionId } from "../../server/protocol/ids.ts";
import { createSession } from "../../server/transport/session.ts";

const person = {
  personId: "enr_1" as PersonId,
  name: "Ani",
  role: "participant",
  institution: null,
} as const;

function entered() {
  const session = createSession({
    socketId: "socket",
    linkId: "lnk_1" as LinkId,
    sessionId: "ses_1" as SessionId,
    person,
  });
  const live = { run: async () => accept(), leave() {} } as unknown as LiveClass;
  const entrant: Entrant = { socketId: "socket", connectionId: "con_1" as ConnectionId, person };
  session.entered(live, entrant, "device-1");
  return session;
}

describe("a socket's way through a class", () => {
  it("FF2 is present once presence is written, not before", async () => {
    const session = entered();
    const written = Promise.withResolvers<ReturnType<typeof accept>>();
    session.confirming(written.promise);
    expect(session.stage()).toBe("entered");
    written.resolve(accept());
    await session.settled();
    expect(session.stage()).toBe("present");
  });

  it.each([
    ["refused", async () => refuse("unavailable")],
    ["failed", () => Promise.reject(new Error("no disk"))],
  ])("FF2 is not present where writing was %s", async (_how, write) => {
    const session = entered();
    session.confirming(write());
    await session.settled();
    expect(session.stage()).toBe("entered");
  });

  it("FF2 is not present who has left meanwhile", async () => {
    const session = entered();
    session.confirming(Promise.resolve(accept()));
    session.leave("left");
    await session.settled();
    expect(session.stage()).toBe("connected");
  });
});
