import { describe, expect, it } from "vitest";
import { CHAT_KEPT } from "../../server/domain/chat.ts";
import { projectEvent, snapshotFrom } from "../../server/domain/projection.ts";
import type { ClassEvent, DeckView } from "../../server/protocol/events.ts";
import type { DeckId, MessageId } from "../../server/protocol/ids.ts";
import type { MediaSource, MediaStatus } from "../../server/protocol/media.ts";
import {
  as,
  connectionOf,
  idOf,
  joinCommand,
  joined,
  outcome,
  person,
  server,
  stateAfter,
  stateAfterCommands,
} from "../support/class-story.ts";

const media = (name: string, source: MediaSource, status: MediaStatus, by = name): ClassEvent => {
  const connectionId = connectionOf(name);
  return { type: "media.changed", connectionId, source, status, by: by === "server" ? by : idOf(by) };
};
const report = (name: string, source: MediaSource, status: MediaStatus) => {
  return { type: "media.report", args: { connectionId: connectionOf(name), source, status } } as const;
};

describe("presence", () => {
  it("PR1 somebody new is admitted and joins; somebody known only joins", () => {
    const events = outcome(stateAfter(), as("ani"), joinCommand("ani"));
    expect(events).toEqual(joined("ani"));
    expect(outcome(stateAfter(joined("ani")), as("ani", 2), joinCommand("ani", 2))).toEqual([
      expect.objectContaining({ type: "presence.joined", connectionId: connectionOf("ani", 2) }),
    ]);
  });

  it("PR1 a name corrected on the roster is admitted anew", () => {
    const state = stateAfter([{ type: "person.admitted", person: { ...person("ani"), name: "Ani lama" } }]);
    expect(outcome(state, as("ani"), joinCommand("ani"))).toContainEqual({
      type: "person.admitted",
      person: person("ani"),
    });
  });

  it("PR2 the same device coming back replaces its old connection; another device stands beside it", () => {
    const state = stateAfter(joined("ani"));
    expect(outcome(state, as("ani", 2), joinCommand("ani", 1, 2))).toEqual([
      { type: "presence.left", connectionId: connectionOf("ani"), reason: "replaced" },
      expect.objectContaining({ type: "presence.joined", connectionId: connectionOf("ani", 2) }),
    ]);
    expect(stateAfterCommands(state, [as("ani", 2), joinCommand("ani", 2)]).connections.size).toBe(2);
  });

  it("PR3 confirming twice joins once; leaving twice leaves once", () => {
    expect(outcome(stateAfter(joined("ani")), as("ani"), joinCommand("ani"))).toEqual([]);
    const leave = {
      type: "presence.leave",
      args: { connectionId: connectionOf("ani"), reason: "left" },
    } as const;
    expect(outcome(stateAfter(), as("ani"), leave)).toEqual([]);
  });
});

describe("chat", () => {
  it("CH1 a message goes to the room of its writer, and only that room is shown it", () => {
    const state = stateAfter(joined("ani", 1, "rom_1"));
    const post = { type: "chat.post", args: { text: "halo" } } as const;
    const events = outcome(state, as("ani"), post) as ClassEvent[];
    expect(events).toEqual([
      { type: "chat.posted", messageId: "msg_1", personId: idOf("ani"), room: "rom_1", text: "halo" },
    ]);
    const sequenced = { ...(events[0] as ClassEvent), seq: 9, at: 9 };
    expect(projectEvent(sequenced, { isStaff: true, room: "main" })).toBeNull();
    expect(projectEvent(sequenced, { isStaff: false, room: "rom_1" as "main" })).toEqual(sequenced);
    expect(outcome(stateAfter(), as("ani"), post)).toBe("not-present");
  });

  it("CH2 a class keeps its last 500 messages at hand", () => {
    const messages = Array.from({ length: CHAT_KEPT + 3 }, (_, index): ClassEvent => {
      const messageId = `msg_${index}` as MessageId;
      return { type: "chat.posted", messageId, personId: idOf("ani"), room: "main", text: `${index}` };
    });
    const { chat } = stateAfter(joined("ani"), messages);
    expect(chat).toHaveLength(CHAT_KEPT);
    expect(chat[0]?.text).toBe("3");
  });
});

describe("slides", () => {
  const deck = (name: string): DeckView => ({ deckId: `dck_${name}` as DeckId, title: name, pageCount: 3 });
  const shown: ClassEvent = {
    type: "deck.shown",
    deck: deck("a"),
    from: 1,
    to: null,
    room: "main",
    by: idOf("ina"),
  };
  const turn = (page: number) => ({ type: "page.turn", args: { page } }) as const;

  it("PG1 a deck opens at its first page; showing it again leaves it where it is", () => {
    const turned = stateAfter(shown, { type: "page.turned", page: 2, room: "main", by: idOf("ina") });
    expect(turned.stages.get("main")).toEqual({ deck: deck("a"), page: 2, from: 1, to: 3 });
    expect(outcome(turned, as("ina"), { type: "deck.show", args: { deck: deck("a") } })).toEqual([]);
    const other = stateAfterCommands(turned, [as("ina"), { type: "deck.show", args: { deck: deck("b") } }]);
    expect(other.stages.get("main")).toMatchObject({ deck: deck("b"), page: 1 });
  });

  it.each([
    [3, [{ type: "page.turned", page: 3, room: "main", by: idOf("ina") }]],
    [1, []],
    [4, "page-out-of-range"],
  ] as const)("PG2 turning to page %i of 3", (page, expected) => {
    expect(outcome(stateAfter(shown), as("ina"), turn(page))).toEqual(expected);
  });

  it("PG3 without a deck there is nothing to turn or hide", () => {
    expect(outcome(stateAfter(), as("ina"), turn(1))).toBe("deck-not-shown");
    expect(outcome(stateAfter(), as("ina"), { type: "deck.hide", args: {} })).toBe("deck-not-shown");
    expect(outcome(stateAfter(shown), as("ina"), { type: "deck.hide", args: {} })).toHaveLength(1);
  });
});

describe("media", () => {
  const present = stateAfter(joined("ina"), joined("ani"), joined("budi"));

  it("ME1 what the media server did becomes what everybody sees, once", () => {
    expect(outcome(present, as("ani"), report("ani", "camera", "live"))).toEqual([
      media("ani", "camera", "live"),
    ]);
    const live = stateAfterCommands(present, [as("ani"), report("ani", "camera", "live")]);
    expect(outcome(live, as("ani"), report("ani", "camera", "live"))).toEqual([]);
    expect(outcome(live, server, report("ani", "camera", "off"))).toEqual([
      media("ani", "camera", "off", "server"),
    ]);
    expect(outcome(stateAfter(), as("ani"), report("ani", "camera", "live"))).toBe("not-present");
    expect(outcome(stateAfter(), server, report("ani", "camera", "off"))).toEqual([]);
  });

  it("ME2 one share a room: a participant waits, staff take over", () => {
    const sharing = stateAfterCommands(
      present,
      [as("ani"), report("ani", "screen", "live")],
      [as("ani"), report("ani", "screen-audio", "live")],
    );
    expect(outcome(sharing, as("budi"), report("budi", "screen", "live"))).toBe("share-taken");
    expect(outcome(sharing, as("ina"), report("ina", "screen", "live"))).toEqual([
      media("ani", "screen", "off", "ina"),
      media("ani", "screen-audio", "off", "ina"),
      media("ina", "screen", "live"),
    ]);
  });

  it("ME2 a paused share takes the place of one too", () => {
    const paused = stateAfterCommands(present, [as("ani"), report("ani", "screen", "live")]);
    expect(outcome(paused, as("budi"), report("budi", "screen", "paused"))).toBe("share-taken");
  });

  it("ME5 a share's sound begins and ends with the screen", () => {
    expect(outcome(present, as("ani"), report("ani", "screen-audio", "live"))).toBe("media-source-missing");
    const sharing = stateAfterCommands(
      present,
      [as("ani"), report("ani", "screen", "live")],
      [as("ani"), report("ani", "screen-audio", "live")],
    );
    expect(outcome(sharing, as("ani"), report("ani", "screen", "off"))).toEqual([
      media("ani", "screen", "off"),
      { ...media("ani", "screen-audio", "off"), by: "rule" },
    ]);
    expect(outcome(sharing, as("ani"), report("ani", "screen-audio", "off"))).toEqual([
      media("ani", "screen-audio", "off"),
    ]);
  });

  it("ME3 staff silence a microphone or a camera and end a share", () => {
    const live = stateAfterCommands(
      present,
      [as("ani"), report("ani", "microphone", "live")],
      [as("ani"), report("ani", "screen", "live")],
    );
    const silence = (source: "microphone" | "camera" | "screen", name = "ani") => {
      return { type: "media.silence", args: { personId: idOf(name), source } } as const;
    };
    expect(outcome(live, as("ina"), silence("microphone"))).toEqual([
      media("ani", "microphone", "paused", "ina"),
    ]);
    expect(outcome(live, as("ina"), silence("camera"))).toEqual([]);
    expect(outcome(live, as("ina"), silence("screen"))).toEqual([media("ani", "screen", "off", "ina")]);
    expect(outcome(live, as("ina"), silence("camera", "nobody"))).toBe("person-unknown");
  });

  it("ME4 silencing all reaches the participants of one's own room, not the staff", () => {
    const live = stateAfter(
      joined("ina"),
      joined("fajar"),
      joined("ani"),
      joined("budi", 1, "rom_1"),
      media("fajar", "microphone", "live"),
      media("ani", "microphone", "live"),
      media("budi", "microphone", "live"),
    );
    expect(outcome(live, as("ina"), { type: "media.silence-all", args: {} })).toEqual([
      media("ani", "microphone", "paused", "ina"),
    ]);
  });
});

describe("projection", () => {
  it("PJ1 a joined row loses the device on its way to others", () => {
    const [, row] = joined("ani") as [ClassEvent, ClassEvent];
    expect(projectEvent({ ...row, seq: 1, at: 5 }, { isStaff: false, room: "main" })).toEqual({
      type: "presence.joined",
      seq: 1,
      at: 5,
      connectionId: connectionOf("ani"),
      personId: idOf("ani"),
      room: "main",
    });
  });

  it("PJ2 a snapshot has everything a viewer may see and nothing of devices or other rooms' chat", () => {
    const post = (room: string, text: string): ClassEvent => {
      return {
        type: "chat.posted",
        messageId: "msg_1" as MessageId,
        personId: idOf("ani"),
        room: room as "main",
        text,
      };
    };
    const state = stateAfter(joined("ani"), post("main", "semua"), post("rom_1", "rahasia"));
    const viewer = {
      ...person("ani"),
      connectionId: connectionOf("ani"),
      isStaff: false,
      room: "main" as const,
    };
    const info = {
      sessionId: "s",
      title: "t",
      unit: "u",
      programme: "p",
      timeZone: "Asia/Jakarta",
      slots: [],
    };
    const snapshot = snapshotFrom(state, viewer, info, 77);
    expect(JSON.stringify(snapshot)).not.toMatch(/device|rahasia/);
    expect(snapshot).toMatchObject({
      seq: state.seq,
      now: 77,
      status: "scheduled",
      chat: [{ text: "semua" }],
    });
  });
});
