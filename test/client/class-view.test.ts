import { describe, expect, it } from "vitest";
import {
  type Attendee,
  attendeesFrom,
  attendeesMatching,
  handsIn,
  inRoom,
  mainSpeakerFrom,
  ownHandPlace,
  roomTitle,
  sharerFrom,
} from "../../client/class/attendees.ts";
import { roomWarningFrom } from "../../client/class/breakouts/room-warning.ts";
import { noticesFrom } from "../../client/class/class-notices.ts";
import { applyBatch, applyEvent, type ClassView, viewFrom } from "../../client/class/class-view.ts";
import {
  breakoutRoomIdSchema,
  connectionIdSchema,
  deckIdSchema,
  enrolmentIdSchema,
  messageIdSchema,
  staffIdSchema,
} from "../../server/protocol/ids.ts";
import type { Person } from "../../server/protocol/people.ts";
import type { ProjectedEvent, Snapshot } from "../../server/protocol/views.ts";
import { plannedFor } from "../support/breakouts-story.ts";

const con = (name: string) => connectionIdSchema.parse(`con_${name}`);
const ani = enrolmentIdSchema.parse("enr_ani");
const budi = enrolmentIdSchema.parse("enr_budi");
const citra = enrolmentIdSchema.parse("enr_citra");
const ratna = staffIdSchema.parse("stf_ratna");
const room = breakoutRoomIdSchema.parse("rom_1");
const deck = { deckId: deckIdSchema.parse("dck_1"), title: "Etika", pageCount: 3 };

const participant = (personId: Person["personId"], name: string): Person => {
  return { personId, name, institution: "Pemkot Bandung", role: "participant" };
};
const SNAPSHOT: Snapshot = {
  seq: 10,
  now: 5_000,
  you: { personId: budi, connectionId: con("b"), name: "Budi", role: "participant", room: "main" },
  info: {
    sessionId: "ses_1",
    title: "Kelas",
    unit: "Etika",
    programme: "AI",
    timeZone: "Asia/Jakarta",
    slots: [],
  },
  status: "scheduled",
  openedAt: null,
  recording: null,
  consent: null,
  consents: null,
  people: [
    participant(ani, "Ani"),
    participant(budi, "Budi"),
    { personId: ratna, name: "Ratna", institution: null, role: "instructor" },
  ],
  connections: [
    { connectionId: con("a"), personId: ani, room: "main", joinedAt: 1, media: {} },
    { connectionId: con("b"), personId: budi, room: "main", joinedAt: 2, media: {} },
    { connectionId: con("r"), personId: ratna, room: "main", joinedAt: 3, media: { microphone: "live" } },
  ],
  hands: [],
  chat: [],
  stage: null,
  breakouts: null,
};

type Told = ProjectedEvent extends infer Event
  ? Event extends ProjectedEvent
    ? Omit<Event, "seq" | "at">
    : never
  : never;

/** The view after events that are told one after the other, from sequence number 11 on. */
function viewAfter(...events: Told[]): ClassView {
  const told = events.map(
    (event, index) => ({ ...event, seq: 11 + index, at: 1_000 + index }) as ProjectedEvent,
  );
  return told.reduce(applyEvent, viewFrom(SNAPSHOT));
}

describe("the client's view of a class", () => {
  it("CV1 follows opening and closing; a closing ends hands, rooms and media", () => {
    expect(viewAfter({ type: "class.opened", by: ratna })).toMatchObject({ status: "open", openedAt: 1_000 });
    const closed = viewAfter(
      { type: "hand.raised", personId: ani },
      { type: "room.moved", connectionId: con("b"), room },
      { type: "class.closed", by: ratna },
    );
    expect(closed).toMatchObject({ status: "closed", hands: [], you: { room: "main" } });
    expect(closed.connections.get(con("r"))?.media).toEqual({});
  });

  it("CV2 passes over events it holds already and stands at the batch's end", () => {
    const view = viewFrom(SNAPSHOT);
    const old: ProjectedEvent = { seq: 10, at: 1, type: "hand.raised", personId: ani };
    expect(applyEvent(view, old)).toBe(view);
    const later = applyBatch(view, {
      toSeq: 14,
      events: [{ seq: 12, at: 1, type: "hand.raised", personId: ani }, old],
    });
    expect(later.seq).toBe(14);
    expect(later.hands).toHaveLength(1);
    expect(applyBatch(later, { toSeq: 12, events: [] }).seq).toBe(14);
  });

  it("CV3 keeps people by connection: joined, replaced, left, gone with a restart", () => {
    const joined = viewAfter(
      { type: "person.admitted", person: participant(citra, "Citra") },
      { type: "presence.joined", connectionId: con("c"), personId: citra, room: "main" },
    );
    expect(joined.connections.get(con("c"))).toMatchObject({ personId: citra, media: {} });
    expect(
      viewAfter({ type: "presence.left", connectionId: con("a"), reason: "lost" }).connections.has(con("a")),
    ).toBe(false);
    expect(viewAfter({ type: "server.recovered", lastAliveAt: 1 }).connections.size).toBe(0);
  });

  it("CV4 keeps the queue's order and everybody's own place", () => {
    const queue = viewAfter({ type: "hand.raised", personId: ani }, { type: "hand.raised", personId: budi });
    expect(ownHandPlace(queue)).toBe(2);
    const called = viewAfter(
      { type: "hand.raised", personId: ani },
      { type: "hand.called", personId: ani, by: ratna },
    );
    expect(called.hands[0]?.calledAt).toBe(1_001);
    expect(ownHandPlace(called)).toBeNull();
    expect(
      viewAfter({ type: "hand.raised", personId: ani }, { type: "hand.lowered", personId: ani, by: ani })
        .hands,
    ).toEqual([]);
    expect(
      viewAfter({ type: "hand.raised", personId: ani }, { type: "hands.cleared", by: ratna }).hands,
    ).toEqual([]);
  });

  it("CV5 follows slides and chat", () => {
    const shown = viewAfter(
      { type: "deck.shown", deck, from: 1, to: null, room: "main", by: ratna },
      { type: "page.turned", page: 3, room: "main", by: ratna },
    );
    expect(shown.stage).toEqual({ deck, page: 3, from: 1, to: deck.pageCount });
    expect(viewAfter({ type: "page.turned", page: 3, room: "main", by: ratna }).stage).toBeNull();
    const part = viewAfter({ type: "deck.shown", deck, from: 2, to: 3, room: "main", by: ratna });
    expect(part.stage).toEqual({ deck, page: 2, from: 2, to: 3 });
    expect(
      viewAfter(
        { type: "deck.shown", deck, from: 1, to: null, room: "main", by: ratna },
        { type: "deck.hidden", room: "main", by: ratna },
      ).stage,
    ).toBeNull();
    const messageId = messageIdSchema.parse("msg_1");
    const posted = viewAfter({ type: "chat.posted", messageId, personId: ani, room: "main", text: "Halo" });
    expect(posted.chat).toEqual([{ messageId, personId: ani, room: "main", text: "Halo", at: 1_000 }]);
  });

  it("CV6 follows breakout rooms: planned, assigned, opened, closed again, discarded", () => {
    const rooms = [{ roomId: room, title: "Ruang 1" }];
    const planned: Told = plannedFor(rooms);
    const assigned = { type: "breakouts.assigned", personId: budi, roomId: room, by: ratna } as const;
    const opened = viewAfter(
      planned,
      assigned,
      { type: "breakouts.opened", endsAt: null, by: ratna },
      {
        type: "room.moved",
        connectionId: con("b"),
        room,
      },
    );
    expect(opened.breakouts).toMatchObject({ status: "open", rooms, assignment: { [budi]: room } });
    expect(opened.you.room).toBe(room);
    expect(roomTitle(opened, room)).toBe("Ruang 1");
    expect(inRoom(attendeesFrom(opened), room).map(({ person }) => person.name)).toEqual(["Budi"]);
    const unassigned = viewAfter(planned, assigned, { ...assigned, roomId: null });
    expect(unassigned.breakouts?.assignment).toEqual({});
    const closed = viewAfter(
      planned,
      { type: "breakouts.opened", endsAt: null, by: ratna },
      { type: "breakouts.closed", by: ratna },
    );
    expect(closed.breakouts?.status).toBe("planned");
    expect(viewAfter(planned, { type: "breakouts.discarded", by: ratna }).breakouts).toBeNull();
  });
});

describe("the people of a class", () => {
  it("CV7 stand staff first, then in the order the class met them, whatever their connections do", () => {
    const names = (view: ClassView) => attendeesFrom(view).map(({ person }) => person.name);
    expect(names(viewFrom(SNAPSHOT))).toEqual(["Ratna", "Ani", "Budi"]);
    const back = viewAfter(
      { type: "presence.left", connectionId: con("a"), reason: "replaced" },
      { type: "presence.joined", connectionId: con("a2"), personId: ani, room: "main" },
    );
    expect(names(back)).toEqual(["Ratna", "Ani", "Budi"]);
  });

  it("CV8 are one each over all their connections, with what flows from any of them", () => {
    const view = viewAfter(
      { type: "presence.joined", connectionId: con("a2"), personId: ani, room: "main" },
      { type: "media.changed", connectionId: con("a"), source: "camera", status: "live", by: ani },
      { type: "media.changed", connectionId: con("a2"), source: "microphone", status: "live", by: ani },
      { type: "media.changed", connectionId: con("a2"), source: "screen", status: "live", by: ani },
    );
    const attendee = attendeesFrom(view).find(({ person }) => person.personId === ani);
    expect(attendee).toMatchObject({
      connectionIds: [con("a"), con("a2")],
      cameraFrom: con("a"),
      isMicrophoneLive: true,
      screenFrom: con("a2"),
    });
    expect(sharerFrom(attendeesFrom(view))?.person.name).toBe("Ani");
    const paused = applyEvent(view, {
      seq: 99,
      at: 1,
      type: "media.changed",
      connectionId: con("a2"),
      source: "microphone",
      status: "paused",
      by: ratna,
    });
    expect(attendeesFrom(paused).find(({ person }) => person.personId === ani)?.isMicrophoneLive).toBe(false);
  });
});

describe("the speaker view and the search", () => {
  const people = attendeesFrom(viewFrom(SNAPSHOT));
  const names = (found: readonly Attendee[]) => found.map(({ person }) => person.name);

  it("CV10 shows whoever spoke last, else staff, else anybody but oneself", () => {
    expect(mainSpeakerFrom(people, ani)?.person.name).toBe("Ani");
    expect(mainSpeakerFrom(people, citra)?.person.name).toBe("Ratna");
    expect(mainSpeakerFrom(people.slice(1), null)?.person.name).toBe("Ani");
    expect(mainSpeakerFrom(people.slice(2), null)?.person.name).toBe("Budi");
    expect(mainSpeakerFrom([], null)).toBeNull();
  });

  it("CV11 finds people by every word of their name or institution", () => {
    expect(names(attendeesMatching(people, "pemkot"))).toEqual(["Ani", "Budi"]);
    expect(names(attendeesMatching(people, " BANDUNG ani"))).toEqual(["Ani"]);
    expect(attendeesMatching(people, "")).toHaveLength(3);
  });
});

describe("what is told in passing", () => {
  const before = viewFrom(SNAPSHOT);
  const asStaff = (view: ClassView): ClassView => ({
    ...view,
    you: { ...view.you, personId: ratna, role: "instructor" },
  });

  it("CV9 is the start to all, hands to staff, and being called to whom it concerns", () => {
    expect(noticesFrom(before, viewAfter({ type: "class.opened", by: ratna }))).toEqual([
      { type: "class-started" },
    ]);
    const raised = viewAfter({ type: "hand.raised", personId: ani });
    expect(noticesFrom(before, raised)).toEqual([]);
    expect(noticesFrom(asStaff(before), asStaff(raised))).toEqual([{ type: "hand-raised", name: "Ani" }]);
    const mine = viewAfter({ type: "hand.raised", personId: budi });
    const called = applyEvent(mine, { seq: 50, at: 1, type: "hand.called", personId: budi, by: ratna });
    expect(noticesFrom(mine, called)).toEqual([{ type: "you-are-called" }]);
    expect(noticesFrom(called, called)).toEqual([]);
  });

  it("CV9 is the rooms' end to whoever was in one, and to staff", () => {
    const planned: Told = plannedFor([{ roomId: room, title: "Ruang 1" }]);
    const open = viewAfter(
      planned,
      { type: "breakouts.opened", endsAt: null, by: ratna },
      { type: "room.moved", connectionId: con("b"), room },
    );
    const closed = applyEvent(open, { seq: 90, at: 1, type: "breakouts.closed", by: ratna });
    expect(noticesFrom(open, closed)).toEqual([{ type: "rooms-closed" }]);
    const stayed = viewAfter(planned, { type: "breakouts.opened", endsAt: null, by: ratna });
    const done = applyEvent(stayed, { seq: 90, at: 1, type: "breakouts.closed", by: ratna });
    expect(noticesFrom(stayed, done)).toEqual([]);
    expect(noticesFrom(asStaff(stayed), asStaff(done))).toEqual([{ type: "rooms-closed" }]);
  });

  it("CV9 is a room's call for help to staff elsewhere, and whoever of the staff comes to those in the room", () => {
    const planned: Told = plannedFor([{ roomId: room, title: "Ruang 1" }]);
    const open = viewAfter(planned, { type: "breakouts.opened", endsAt: null, by: ratna });
    const asked = applyEvent(open, { seq: 90, at: 1, type: "help.asked", roomId: room, personId: ani });
    expect(noticesFrom(open, asked)).toEqual([]);
    expect(noticesFrom(asStaff(open), asStaff(asked))).toEqual([{ type: "help-asked", roomId: room }]);
    const moved = { at: 1, type: "room.moved", room } as const;
    const inside = applyEvent(open, { ...moved, seq: 90, connectionId: con("b") });
    const visited = applyEvent(inside, { ...moved, seq: 91, connectionId: con("r") });
    expect(noticesFrom(inside, visited)).toEqual([{ type: "staff-came", name: "Ratna" }]);
    expect(noticesFrom(open, inside)).toEqual([]);
    const recalled = [
      { seq: 92, at: 1, type: "breakouts.recalled", roomId: room, by: ratna } as const,
      { seq: 93, at: 1, type: "room.moved", connectionId: con("b"), room: "main" } as const,
    ].reduce(applyEvent, inside);
    expect(noticesFrom(inside, recalled)).toEqual([{ type: "room-recalled" }]);
    const longer = applyEvent(inside, { seq: 94, at: 1, type: "breakouts.extended", endsAt: 9, by: ratna });
    expect(noticesFrom(inside, longer)).toEqual([{ type: "more-time", endsAt: 9 }]);
  });

  it("CV12 hands are those of one's own room", () => {
    const planned: Told = plannedFor([{ roomId: room, title: "Ruang 1" }]);
    const view = viewAfter(
      planned,
      { type: "breakouts.opened", endsAt: null, by: ratna },
      { type: "hand.raised", personId: ani },
      { type: "hand.raised", personId: budi },
      { type: "room.moved", connectionId: con("b"), room },
    );
    expect(handsIn(view, "main").map(({ personId }) => personId)).toEqual([ani]);
    expect(handsIn(view, room).map(({ personId }) => personId)).toEqual([budi]);
    expect(ownHandPlace(view)).toBe(1);
  });

  it.each([
    [301_000, 300_000, 5],
    [300_000, 299_500, null],
    [60_400, 59_900, 1],
    [10_100, 9_600, 10],
    [400_000, 5_000, 10],
    [10_100, 0, null],
  ])("CV13 from %i ms left to %i the warning is %s", (before, now, warning) => {
    expect(roomWarningFrom(before, now)).toBe(warning);
  });
});
