import { describe, expect, it } from "vitest";
import { createFanout, type EventBatch } from "../../server/live/fanout.ts";
import type { SequencedEvent } from "../../server/protocol/events.ts";
import type { ConnectionId, MessageId, RoomId } from "../../server/protocol/ids.ts";
import { connectionOf, idOf, joined } from "../support/class-story.ts";
import { FakeClock } from "../support/fake-clock.ts";

function fanoutWith(people: readonly (readonly [name: string, room: string])[]) {
  const clock = new FakeClock();
  const sent: { to: readonly string[]; batch: EventBatch }[] = [];
  const rosters: (readonly string[])[] = [];
  const fanout = createFanout({
    clock,
    seq: 0,
    send: (to, batch) => sent.push({ to, batch }),
    sendRoster: (to) => rosters.push(to),
  });
  for (const [name, room] of people) {
    const audience = { isStaff: name === "ina", room: room as RoomId };
    fanout.subscribe({ socketId: name, connectionId: connectionOf(name), audience });
  }
  return { clock, sent, rosters, fanout };
}

let seq = 0;
const inOrder = (...events: readonly object[]) =>
  events.map((event) => ({ ...event, seq: ++seq, at: 1 })) as unknown as SequencedEvent[];
const message = (room: string) => ({
  type: "chat.posted",
  messageId: "msg_1" as MessageId,
  personId: idOf("ani"),
  room,
  text: "halo",
});

describe("fan-out", () => {
  it("FO1 all events of a tick go in one batch, encoded once for each audience", () => {
    seq = 0;
    const { clock, sent, fanout } = fanoutWith([
      ["ina", "main"],
      ["ani", "main"],
      ["budi", "main"],
    ]);
    const joins = Array.from({ length: 100 }, (_, index) => joined(`p${index}`)).flat();
    for (const event of inOrder(...joins)) fanout.publish([event]);
    expect(sent).toEqual([]);
    clock.advance(25);
    expect(sent.map(({ to, batch }) => [to, batch.events.length, batch.toSeq])).toEqual([
      [["ina"], 200, 200],
      [["ani", "budi"], 200, 200],
    ]);
    clock.advance(1000);
    expect(sent).toHaveLength(2);
  });

  it("FO2 each audience is sent what it may see, and everybody learns how far the class is", () => {
    seq = 0;
    const { clock, sent, fanout } = fanoutWith([
      ["ani", "rom_1"],
      ["budi", "main"],
    ]);
    fanout.publish(inOrder(message("rom_1")));
    clock.advance(25);
    expect(sent.map(({ to, batch }) => [to[0], batch.events.length, batch.toSeq])).toEqual([
      ["ani", 1, 1],
      ["budi", 0, 1],
    ]);
    fanout.setAudience(connectionOf("budi"), { isStaff: false, room: "rom_1" as RoomId });
    fanout.publish(inOrder(message("rom_1")));
    clock.advance(25);
    expect(sent.at(-1)).toMatchObject({ to: ["ani", "budi"], batch: { toSeq: 2 } });
  });

  it("FO3 what was missed is told from what is kept; too old or of another life, it is not", () => {
    seq = 0;
    const { fanout } = fanoutWith([]);
    fanout.publish(inOrder(...Array.from({ length: 5000 }, () => message("main"))));
    expect(fanout.since(5000)).toEqual([]);
    expect(fanout.since(4998)?.map((event) => event.seq)).toEqual([4999, 5000]);
    expect(fanout.since(10)).toBeNull();
    expect(fanout.since(5001)).toBeNull();
  });

  it("FO4 who has left is sent nothing more, and a closed fan-out nothing at all", () => {
    seq = 0;
    const { clock, sent, fanout } = fanoutWith([["ani", "main"]]);
    fanout.publish(inOrder(message("main")));
    fanout.unsubscribe(connectionOf("ani") as ConnectionId);
    clock.advance(25);
    expect(sent).toEqual([]);
    fanout.publish(inOrder(message("main")));
    fanout.close();
    clock.advance(1000);
    expect(sent).toEqual([]);
  });

  it("FO5 comings and goings wait longer the larger the class, and go along with what hurries", () => {
    seq = 0;
    const people = Array.from({ length: 400 }, (_, index) => [`p${index}`, "main"] as const);
    const { clock, sent, fanout } = fanoutWith(people);
    fanout.publish(inOrder(...joined("first")));
    clock.advance(399);
    expect(sent).toEqual([]);
    clock.advance(1);
    expect(sent.map(({ batch }) => batch.toSeq)).toEqual([2]);

    fanout.publish(inOrder(...joined("second")));
    clock.advance(100);
    fanout.publish(inOrder(message("main")));
    clock.advance(25);
    expect(sent.map(({ batch }) => batch.toSeq)).toEqual([2, 5]);
    clock.advance(1000);
    expect(sent).toHaveLength(2);
  });

  it("FO6 whoever came into a large class is sent everybody once, after the events before it", () => {
    seq = 0;
    const people = Array.from({ length: 200 }, (_, index) => [`p${index}`, "main"] as const);
    const { clock, sent, rosters, fanout } = fanoutWith(people);
    for (const name of ["p1", "p2"]) fanout.oweRoster(connectionOf(name));
    fanout.oweRoster(connectionOf("gone"));
    clock.advance(100);
    fanout.publish(inOrder(message("main")));
    clock.advance(25);
    expect(sent).toHaveLength(1);
    expect(rosters).toEqual([["p1", "p2"]]);
    fanout.oweRoster(connectionOf("p3"));
    clock.advance(200);
    expect(rosters).toEqual([["p1", "p2"], ["p3"]]);
    clock.advance(1_000);
    expect(rosters).toHaveLength(2);
  });
});
