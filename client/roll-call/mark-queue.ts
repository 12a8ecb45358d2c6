import { type ReadonlySignal, signal } from "@preact/signals";
import type { MarkJson } from "../../server/protocol/api-rulings.ts";
import type { Answer } from "../http/request-json.ts";

export type PendingMark = Pick<MarkJson, "slotId" | "enrolmentId" | "status">;

/** `waiting`: the line is lost, and the marks are kept until it is back. */
export type SavingState = "saved" | "saving" | "waiting";

/** Marks on their way to the server. They outlive a lost line and a closed page. */
export interface MarkQueue {
  readonly pending: ReadonlySignal<readonly PendingMark[]>;
  readonly state: ReadonlySignal<SavingState>;
  /** How many can still be taken back; 0 where none are held. */
  readonly held: ReadonlySignal<number>;
  put(mark: PendingMark): void;
  /** Holds marks for a while, so that they can be taken back before anybody sees them. */
  hold(marks: readonly PendingMark[]): void;
  takeBack(): void;
  /** Sends what is held and what waits, now. */
  flush(): void;
  close(): void;
}

interface MarkQueueParts {
  send(marks: readonly PendingMark[]): Promise<Answer<{ items: readonly MarkJson[] }>>;
  onSaved(items: readonly MarkJson[]): void;
  /** The server will not take these, ever: they are dropped. */
  onRefused(answer: Extract<Answer<unknown>, { ok: false }>): void;
  /** What an earlier page left, and where to leave what this one cannot send. */
  readonly kept: { read(): readonly PendingMark[]; write(marks: readonly PendingMark[]): void };
  /** Calls back once after `ms`; the result cancels. */
  after(ms: number, callback: () => void): () => void;
}

export const HOLD_MS = 8000;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 15_000;
const RETRYABLE: ReadonlySet<string> = new Set(["offline", "rate-limited", "internal", "unavailable"]);

const keyOf = (mark: PendingMark) => `${mark.slotId} ${mark.enrolmentId}`;

export function createMarkQueue({ send, onSaved, onRefused, kept, after }: MarkQueueParts): MarkQueue {
  const waiting = new Map(kept.read().map((mark) => [keyOf(mark), mark]));
  let heldMarks: readonly PendingMark[] = [];
  let isSending = false;
  let isClosed = false;
  let retryMs = FIRST_RETRY_MS;
  let cancelHold = () => {};
  let cancelRetry = () => {};
  const pending = signal<readonly PendingMark[]>([]);
  const state = signal<SavingState>("saved");
  const held = signal(0);

  function tell(next?: SavingState): void {
    const all = [...waiting.values(), ...heldMarks];
    kept.write(all);
    pending.value = all;
    held.value = heldMarks.length;
    state.value = next ?? (waiting.size === 0 ? "saved" : "saving");
  }

  async function sendNext(): Promise<void> {
    cancelRetry();
    if (isSending || isClosed || waiting.size === 0) return;
    isSending = true;
    const batch = [...waiting.values()];
    tell();
    const answer = await send(batch);
    isSending = false;
    if (!answer.ok && RETRYABLE.has(answer.code)) {
      tell("waiting");
      if (!isClosed) cancelRetry = after(retryMs, () => void sendNext());
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
      return;
    }
    retryMs = FIRST_RETRY_MS;
    // What was marked again meanwhile is another mark, and stays.
    for (const mark of batch) if (waiting.get(keyOf(mark)) === mark) waiting.delete(keyOf(mark));
    if (answer.ok) onSaved(answer.data.items);
    else onRefused(answer);
    tell();
    await sendNext();
  }

  function release(): void {
    cancelHold();
    for (const mark of heldMarks) if (!waiting.has(keyOf(mark))) waiting.set(keyOf(mark), mark);
    heldMarks = [];
    tell();
    void sendNext();
  }

  tell();
  void sendNext();
  return {
    pending,
    state,
    held,
    put(mark) {
      heldMarks = heldMarks.filter((one) => keyOf(one) !== keyOf(mark));
      waiting.set(keyOf(mark), mark);
      tell();
      void sendNext();
    },
    hold(marks) {
      release();
      heldMarks = marks;
      tell();
      cancelHold = after(HOLD_MS, release);
    },
    takeBack() {
      cancelHold();
      heldMarks = [];
      tell(state.peek());
    },
    flush: release,
    close() {
      isClosed = true;
      cancelHold();
      cancelRetry();
    },
  };
}
