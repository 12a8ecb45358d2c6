import { describe, expect, it } from "vitest";
import type { Answer } from "../../client/http/request-json.ts";
import { createMarkQueue, HOLD_MS, type PendingMark } from "../../client/roll-call/mark-queue.ts";
import { shownMarksFrom } from "../../client/roll-call/shown-marks.ts";
import type { MarkJson } from "../../server/protocol/api-rulings.ts";

const mark = (enrolmentId: string, status: PendingMark["status"] = "present") => {
  return { slotId: "s", enrolmentId, status };
};
const saved = (marks: readonly PendingMark[]): Answer<{ items: MarkJson[] }> => {
  return { ok: true, data: { items: marks.map((one) => ({ ...one, by: "stf_1", at: 5 })) } };
};

/** A queue whose answers and time are given by hand. */
function queueWith(before: readonly PendingMark[] = []) {
  const sent: (readonly PendingMark[])[] = [];
  const answers: ((answer: Answer<{ items: MarkJson[] }>) => void)[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const refused: string[] = [];
  let stored: readonly PendingMark[] = before;
  const queue = createMarkQueue({
    send: (marks) => {
      sent.push(marks);
      return new Promise((resolve) => answers.push(resolve));
    },
    onSaved: () => {},
    onRefused: ({ code }) => refused.push(code),
    kept: {
      read: () => stored,
      write: (marks) => {
        stored = marks;
      },
    },
    after: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
  });
  const answer = async (given: Answer<{ items: MarkJson[] }>) => {
    answers.shift()?.(given);
    await new Promise<void>((done) => setImmediate(done));
  };
  return { queue, sent, timers, refused, answer, stored: () => stored };
}

describe("the staff's roll call", () => {
  it("RC7 saves by itself, one request at a time, and never loses what was marked meanwhile", async () => {
    const { queue, sent, answer, stored } = queueWith();
    queue.put(mark("a"));
    queue.put(mark("a", "sick"));
    queue.put(mark("b"));
    expect(sent).toEqual([[mark("a")]]);
    expect(queue.state.value).toBe("saving");
    await answer(saved([mark("a")]));
    expect(sent[1]).toEqual([mark("a", "sick"), mark("b")]);
    await answer(saved([]));
    expect([queue.state.value, queue.pending.value, stored()]).toEqual(["saved", [], []]);
  });

  it("RC7 keeps marks through a lost line and a closed page", async () => {
    const { queue, sent, timers, answer, stored } = queueWith();
    queue.put(mark("a"));
    await answer({ ok: false, code: "offline" });
    expect([queue.state.value, stored()]).toEqual(["waiting", [mark("a")]]);
    timers[0]?.run();
    expect(sent).toHaveLength(2);
    await answer({ ok: false, code: "unavailable" });
    expect(timers.at(-1)?.ms).toBe(4000);
    queue.close();
    expect(queueWith(stored()).sent).toEqual([[mark("a")]]);
  });

  it("RC7 drops what the server will never take, and says so", async () => {
    const { queue, answer, refused } = queueWith();
    queue.put(mark("a"));
    await answer({ ok: false, code: "person-unknown" });
    expect([refused, queue.state.value]).toEqual([["person-unknown"], "saved"]);
  });

  it("RC7 all present can be taken back before it is sent", () => {
    const { queue, sent, timers } = queueWith();
    queue.hold([mark("a"), mark("b")]);
    expect([queue.held.value, sent]).toEqual([2, []]);
    queue.takeBack();
    expect([queue.held.value, queue.pending.value, timers]).toEqual([0, [], []]);
    queue.hold([mark("a"), mark("b")]);
    queue.put(mark("b", "absent"));
    expect(sent).toEqual([[mark("b", "absent")]]);
    expect(timers[0]?.ms).toBe(HOLD_MS);
    timers[0]?.run();
    expect(queue.pending.value).toEqual([mark("b", "absent"), mark("a")]);
  });

  it("RC8 shows what is on its way above what is known, and what others changed since", () => {
    const known: MarkJson[] = [
      { ...mark("a"), by: "stf_1", at: 9 },
      { ...mark("b"), by: "stf_2", at: 9 },
      { ...mark("c"), by: "stf_2", at: 1 },
      { ...mark("d"), by: "check-in", at: 9 },
      { ...mark("e"), slotId: "other", by: "stf_2", at: 9 },
    ];
    const shown = shownMarksFrom(known, [mark("c", "sick")], { slotId: "s", ownId: "stf_1", openedAt: 5 });
    expect([...shown.keys()]).toEqual(["a", "b", "c", "d"]);
    expect(shown.get("a")).toMatchObject({ changedAt: null, isPending: false });
    expect(shown.get("b")).toMatchObject({ changedAt: 9 });
    expect(shown.get("c")).toMatchObject({ status: "sick", isPending: true });
    expect(shown.get("d")).toMatchObject({ isCheckIn: true, changedAt: null });
  });
});
