import { describe, expect, it } from "vitest";
import {
  type Case,
  closed,
  evidenceOf,
  firstSlot,
  inMinutes,
  joined,
  ledger,
  left,
  MINUTE,
  mark,
  marked,
  moved,
  opened,
  recovered,
  slot,
  staffJoined,
  timeOf,
} from "./ledger.ts";

const M = MINUTE;
const held = (given: Case) => inMinutes(evidenceOf(given).held);

describe("held time", () => {
  const cases: [string, ReturnType<typeof ledger>, number[][]][] = [
    ["AT1 is nothing before anybody opens", ledger(joined(0, "c", "ana"), left(9 * M, "c")), []],
    ["AT1 is opened to closed", ledger(opened(0), closed(10 * M)), [[0, 10]]],
    [
      "AT1 is the union of several spans",
      ledger(opened(0), closed(10 * M), opened(20 * M), closed(30 * M)),
      [
        [0, 10],
        [20, 30],
      ],
    ],
    [
      "AT1 closed and opened at one moment is one span",
      ledger(opened(0), closed(5), opened(5), closed(M)),
      [[0, 1]],
    ],
    [
      "AT1 a second opening and a second closing change nothing",
      ledger(opened(0), opened(5 * M), closed(10 * M), closed(20 * M)),
      [[0, 10]],
    ],
    ["AT1 a closing of nothing changes nothing", ledger(closed(0), opened(5 * M), closed(9 * M)), [[5, 9]]],
    ["AT1 never closed ends at the last mark", ledger(opened(0), mark(5 * M), mark(7 * M)), [[0, 7]]],
    ["AT1 never closed ends at the last joined row", ledger(opened(0), staffJoined(7 * M, "x")), [[0, 7]]],
    [
      "AT1 never closed ends at the last left row, also one of none",
      ledger(opened(0), mark(2 * M), left(7 * M, "x")),
      [[0, 7]],
    ],
    ["AT1 never closed ends at the last room row", ledger(opened(0), moved(7 * M, "x", "rom_1")), [[0, 7]]],
    ["AT1 never closed ends at the last class row", ledger(opened(0), opened(7 * M)), [[0, 7]]],
    [
      "AT1 never closed does not reach to a roll-call mark or a recovery",
      ledger(opened(0), mark(3 * M), recovered(8 * M, 3 * M), marked("ana", "present", { at: 9 * M })),
      [[0, 3]],
    ],
    [
      "AT1 an outage that somebody follows in time stays held, bounds included",
      ledger(opened(0), mark(10 * M), recovered(20 * M, 10 * M), staffJoined(25 * M, "x"), closed(40 * M)),
      [[0, 40]],
    ],
    [
      "AT1 an outage that nobody follows in time is not held up to the next joined row",
      ledger(
        opened(0),
        mark(10 * M),
        recovered(20 * M, 10 * M),
        joined(25 * M + 1, "x", "who"),
        closed(40 * M),
      ),
      [
        [0, 10],
        [25 + 1 / M, 40],
      ],
    ],
    [
      "AT1 an outage that nobody ever follows ends what is held",
      ledger(
        opened(0),
        mark(10 * M),
        recovered(20 * M, 10 * M),
        mark(21 * M),
        closed(22 * M),
        opened(30 * M),
        mark(35 * M),
      ),
      [[0, 10]],
    ],
  ];
  it.each(cases)("%s", (_title, rows, expected) => {
    expect(held({ rows })).toEqual(expected);
  });

  it("AT1 is in order of seq, whatever the order of the rows", () => {
    const rows = ledger(opened(0), joined(M, "c", "ana"), left(8 * M, "c"), closed(10 * M));
    expect(evidenceOf({ rows: rows.toReversed() }).people).toEqual(evidenceOf({ rows }).people);
  });
});

describe("observed time", () => {
  const cases: [string, ReturnType<typeof ledger>, number[][]][] = [
    [
      "AT2 is clipped to held time at both ends",
      ledger(joined(0, "c", "ana"), opened(5 * M), closed(15 * M), left(20 * M, "c")),
      [[5, 15]],
    ],
    [
      "AT2 survives a closing and a new opening",
      ledger(
        joined(0, "c", "ana"),
        opened(5 * M),
        closed(15 * M),
        opened(20 * M),
        left(30 * M, "c"),
        closed(40 * M),
      ),
      [
        [5, 15],
        [20, 30],
      ],
    ],
    [
      "AT2 a second joined row of an open connection changes nothing, whoever it names",
      ledger(opened(0), joined(M, "c", "ana"), joined(5 * M, "c", "budi"), left(9 * M, "c"), closed(20 * M)),
      [[1, 9]],
    ],
    [
      "AT2 a left row of no connection changes nothing",
      ledger(
        opened(0),
        left(0, "c"),
        joined(M, "c", "ana"),
        left(9 * M, "c"),
        left(12 * M, "c"),
        closed(20 * M),
      ),
      [[1, 9]],
    ],
    [
      "AT2 a connection never closed ends with the held time",
      ledger(opened(0), joined(M, "c", "ana"), mark(6 * M)),
      [[1, 6]],
    ],
    [
      "AT2 all open connections end at lastAliveAt",
      ledger(
        opened(0),
        joined(M, "c", "ana"),
        mark(6 * M),
        recovered(9 * M, 6 * M),
        left(9 * M, "c"),
        staffJoined(9 * M, "x"),
        closed(20 * M),
      ),
      [[1, 6]],
    ],
    [
      "AT2 a room row of a connection that is not there changes nothing",
      ledger(opened(0), moved(0, "c", "rom_1"), joined(M, "c", "ana"), closed(6 * M)),
      [[1, 6]],
    ],
    [
      "AT3 devices and rooms count once",
      ledger(
        opened(0),
        joined(M, "c", "ana"),
        joined(2 * M, "d", "ana", "rom_1"),
        moved(3 * M, "c", "rom_2"),
        left(5 * M, "c"),
        left(8 * M, "d"),
        closed(20 * M),
      ),
      [[1, 8]],
    ],
    ["AT3 rows of staff credit nobody", ledger(opened(0), staffJoined(0, "c"), closed(9 * M)), []],
    [
      "AT3 a row with both ids is the staff's",
      ledger(
        opened(0),
        {
          at: 0,
          type: "presence.joined",
          connectionId: "c",
          enrolmentId: "ana",
          staffId: "s",
          device: "",
          room: "main",
        },
        closed(9 * M),
      ),
      [],
    ],
    [
      "AT3 a new connection that replaces the old one at the same moment leaves no seam",
      ledger(opened(0), joined(M, "c", "ana"), left(5 * M, "c"), joined(5 * M, "d", "ana"), closed(9 * M)),
      [[1, 9]],
    ],
  ];
  it.each(cases)("%s", (_title, rows, expected) => {
    expect(timeOf({ rows }).observed).toEqual(expected);
  });

  it("AT3 is each person's own, by id and never by name", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      joined(0, "d", "budi"),
      left(9 * M, "d"),
      closed(20 * M),
    );
    const given = { rows, roster: ["budi", "ana", "cici"] };
    expect([0, 1, 2].map((i) => timeOf(given, i).observed)).toEqual([[[0, 9]], [[0, 20]], []]);
  });
});

describe("bridged time", () => {
  const away = (from: number, to: number) =>
    ledger(opened(0), joined(0, "c", "ana"), left(from, "c"), joined(to, "d", "ana"), closed(50 * M));

  it("AT4 bridges a gap of exactly bridgeGapMs and no longer one", () => {
    expect(timeOf({ rows: away(10 * M, 12 * M) }).bridged).toEqual([[10, 12]]);
    expect(timeOf({ rows: away(10 * M, 12 * M + 1) }).bridged).toEqual([]);
    expect(timeOf({ rows: away(10 * M, 12 * M), policy: { bridgeGapMs: 0 } }).bridged).toEqual([]);
  });

  it("AT4 bridges neither before the first nor after the last span", () => {
    const rows = ledger(opened(0), joined(M, "c", "ana"), left(10 * M, "c"), closed(11 * M));
    expect(timeOf({ rows }).bridged).toEqual([]);
  });

  it("AT4 bridges only as far as the gap lies in held time, and measures all of it", () => {
    const rows = (backAt: number) =>
      ledger(
        opened(0),
        joined(0, "c", "ana"),
        left(9.5 * M, "c"),
        closed(10 * M),
        opened(11 * M),
        joined(backAt, "d", "ana"),
        closed(50 * M),
      );
    expect(timeOf({ rows: rows(11.5 * M) }).bridged).toEqual([
      [9.5, 10],
      [11, 11.5],
    ]);
    expect(timeOf({ rows: rows(11.5 * M + 1) }).bridged).toEqual([]);
  });

  it("AT4 bridges between observed and outage time too", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      left(5 * M, "c"),
      joined(6 * M, "d", "ana"),
      recovered(20 * M, 6 * M),
      joined(21 * M, "e", "ana"),
      closed(50 * M),
    );
    expect(timeOf({ rows })).toEqual({
      observed: [
        [0, 5],
        [21, 50],
      ],
      bridged: [[5, 6]],
      outage: [[6, 21]],
    });
  });

  it("AT4 a connection of no length is no span to bridge to", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      left(5 * M, "c"),
      joined(6.5 * M, "d", "ana"),
      left(6.5 * M, "d"),
      joined(8 * M, "e", "ana"),
      closed(50 * M),
    );
    expect(timeOf({ rows }).bridged).toEqual([]);
  });

  it("AT4 counts at most as much as was observed, within each slot", () => {
    // A second every two minutes: 0:00-0:01, 2:01-2:02, …
    const visits = Array.from({ length: 20 }, (_, i) => i * 121_000);
    const rows = ledger(
      opened(0),
      ...visits.flatMap((at, i) => [joined(at, `c${i}`, "ana"), left(at + 1_000, `c${i}`)]),
      closed(40 * M),
    );
    const given = { rows, slots: [slot(0, 20 * M, 1, "s1"), slot(20 * M, 40 * M, 1, "s2")] };
    const slots = evidenceOf(given).people[0]?.attendance.slots ?? [];
    expect(slots.map(({ observedMs, bridgedMs }) => [observedMs, bridgedMs])).toEqual([
      [10_000, 10_000],
      [10_000, 10_000],
    ]);
  });

  it("AT4 outage time does not raise what bridged time may count", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      left(30_000, "c"),
      joined(90_000, "d", "ana"),
      recovered(10 * M, 90_000),
      joined(10 * M, "e", "ana"),
      left(10 * M, "e"),
      closed(20 * M),
    );
    expect(firstSlot({ rows, slots: [slot(0, 20 * M)] })).toMatchObject({
      observedMs: 30_000,
      bridgedMs: 30_000,
      outageMs: 8.5 * M,
    });
  });
});

describe("outage time", () => {
  const back = (at: number, ...between: Parameters<typeof ledger>) =>
    ledger(
      opened(0),
      staffJoined(0, "x"),
      joined(0, "c", "ana"),
      recovered(30 * M, 10 * M),
      ...between,
      joined(at, "d", "ana"),
      closed(90 * M),
    );

  it("AT5 is credited from lastAliveAt to the first joined row, bounds included, whatever its length", () => {
    expect(timeOf({ rows: back(35 * M) })).toEqual({
      observed: [
        [0, 10],
        [35, 90],
      ],
      bridged: [],
      outage: [[10, 35]],
    });
    const late = [staffJoined(31 * M, "y")] as const;
    expect(timeOf({ rows: back(35 * M + 1, ...late) }).outage).toEqual([]);
  });

  it("AT5 several recoveries with no joined row between them are one outage", () => {
    const rows = back(44 * M, mark(31 * M), recovered(40 * M, 31 * M));
    expect(timeOf({ rows }).outage).toEqual([[10, 44]]);
    expect(evidenceOf({ rows }).outages).toEqual([{ startAt: 10 * M, endAt: 40 * M, nextJoinedAt: 44 * M }]);
  });

  it("AT5 a joined row of anybody between two recoveries makes them two outages", () => {
    const rows = back(44 * M, staffJoined(31 * M, "y"), mark(32 * M), recovered(40 * M, 32 * M));
    expect(evidenceOf({ rows }).outages.map(({ startAt, endAt }) => [startAt / M, endAt / M])).toEqual([
      [10, 30],
      [32, 40],
    ]);
    // Open at the first one's beginning, back 14 minutes after its end: too late. At the second's she was not there.
    expect(timeOf({ rows }).outage).toEqual([]);
  });

  it("AT5 who comes back in time only after a second outage is credited the first, through the second", () => {
    const rows = back(34 * M, staffJoined(31 * M, "y"), mark(32 * M), recovered(33 * M, 32 * M));
    expect(timeOf({ rows }).outage).toEqual([[10, 34]]);
  });

  it("AT5 who does not come back is not credited", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      recovered(30 * M, 10 * M),
      staffJoined(31 * M, "y"),
      closed(90 * M),
    );
    expect(timeOf({ rows })).toEqual({ observed: [[0, 10]], bridged: [], outage: [] });
  });

  it("AT5 who had left before by seq is not credited, who had joined is, at the same moment", () => {
    const rows = (...before: Parameters<typeof ledger>) =>
      ledger(
        opened(0),
        joined(0, "c", "ana"),
        ...before,
        recovered(30 * M, 10 * M),
        joined(31 * M, "d", "ana"),
        closed(90 * M),
      );
    expect(timeOf({ rows: rows(left(10 * M, "c")) }).outage).toEqual([]);
    expect(timeOf({ rows: rows(left(5 * M, "c"), joined(10 * M, "e", "ana")) }).outage).toEqual([[10, 31]]);
  });

  it("AT5 is clipped to held time, and credits a connection from before the opening", () => {
    const rows = ledger(
      joined(0, "c", "ana"),
      mark(2 * M),
      recovered(4 * M, 2 * M),
      opened(5 * M),
      joined(8 * M, "d", "ana"),
      closed(9 * M),
    );
    expect(timeOf({ rows })).toEqual({ observed: [[8, 9]], bridged: [], outage: [[5, 8]] });
  });

  it("AT5 is credited less what was observed", () => {
    // `lastAliveAt` lies before rows that came after it: a ledger that no clock writes, but none counts twice.
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      joined(0, "d", "ana"),
      left(20 * M, "d"),
      recovered(30 * M, 10 * M),
      joined(31 * M, "e", "ana"),
      closed(90 * M),
    );
    expect(timeOf({ rows })).toEqual({
      observed: [
        [0, 20],
        [31, 90],
      ],
      bridged: [],
      outage: [[20, 31]],
    });
  });

  it("AT5 an outage that is not held credits nobody", () => {
    const rows = back(35 * M + 1);
    expect(timeOf({ rows })).toMatchObject({ outage: [], bridged: [] });
    expect(firstSlot({ rows }).heldMs).toBe(90 * M - 25 * M - 1);
  });
});
