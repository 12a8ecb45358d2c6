import { applyEvent } from "../domain/apply.ts";
import type { Actor, ClassCommand } from "../domain/class-command.ts";
import type { ClassState } from "../domain/class-state.ts";
import { decide } from "../domain/decide.ts";
import type { Clock, Log } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { NewId } from "../protocol/ids.ts";

export interface RunnerParts {
  readonly initial: ClassState;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the class closes by itself (epoch ms), and whether its session was cancelled: asked each time. */
  plan(): { readonly closesAt: number; readonly isCancelled: boolean };
  readonly log: Log;
  /** Makes events durable; resolves when they are. */
  append(events: readonly SequencedEvent[]): Promise<void>;
  /** Called once for each group of events, after they are durable and applied, before the acks. */
  onEvents(events: readonly SequencedEvent[], state: ClassState): void;
}

export interface Runner {
  state(): ClassState;
  /** Runs a command in its turn. Resolves with its events when they are durable. */
  run(command: ClassCommand, actor: Actor): Promise<Result<readonly SequencedEvent[]>>;
  /** Runs something while no command is decided; commands that come meanwhile wait. */
  inTurn<Data>(step: () => Promise<Data>): Promise<Data>;
  /** From here on every command is refused: the class runs elsewhere, or nowhere. */
  stop(): void;
}

interface Waiting {
  readonly command: ClassCommand;
  readonly actor: Actor;
  readonly settle: (result: Result<readonly SequencedEvent[]>) => void;
}

/**
 * The serial queue of a class. Commands that arrive while a write is under way are decided together, one
 * after the other on the state their predecessors made, and share the next write: a storm of joins costs
 * few commits. If the write fails, all of them are refused and the state is as it was.
 */
export function createRunner(parts: RunnerParts): Runner {
  let state = parts.initial;
  let waiting: Waiting[] = [];
  const steps: (() => Promise<void>)[] = [];
  let isRunning = false;
  let isStopped = false;

  function decideGroup(group: readonly Waiting[]) {
    let next = state;
    const outcomes = group.map(({ command, actor, settle }) => {
      const now = parts.clock.now();
      const decided = decide(next, command, { actor, now, newId: parts.newId, ...parts.plan() });
      if (!decided.ok) return { settle, result: decided as Result<readonly SequencedEvent[]> };
      const events = decided.data.map((event, index): SequencedEvent => {
        return { ...event, seq: next.seq + index + 1, at: now };
      });
      next = events.reduce(applyEvent, next);
      return { settle, result: accept(events) as Result<readonly SequencedEvent[]> };
    });
    const events = outcomes.flatMap(({ result }) => (result.ok ? result.data : []));
    return { next, outcomes, events };
  }

  async function runGroup(group: readonly Waiting[]): Promise<void> {
    if (isStopped) {
      for (const { settle } of group) settle(refuse("unavailable"));
      return;
    }
    const { next, outcomes, events } = decideGroup(group);
    if (events.length > 0) {
      try {
        await parts.append(events);
      } catch (cause) {
        parts.log.error({ err: cause, events: events.length }, "the class's events could not be stored");
        for (const { settle, result } of outcomes) settle(result.ok ? refuse("unavailable") : result);
        return;
      }
      state = next;
      parts.onEvents(events, state);
    }
    for (const { settle, result } of outcomes) settle(result);
  }

  async function drain(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0 || steps.length > 0) {
      const step = steps.shift();
      if (step) await step();
      const group = waiting;
      waiting = [];
      try {
        await runGroup(group);
      } catch (cause) {
        parts.log.error({ err: cause }, "a command broke the class's queue");
        for (const { settle } of group) settle(refuse("internal"));
      }
    }
    isRunning = false;
  }

  return {
    state: () => state,
    run(command, actor) {
      return new Promise((settle) => {
        waiting.push({ command, actor, settle });
        if (!isRunning) void drain();
      });
    },
    inTurn(step) {
      return new Promise((resolve, reject) => {
        steps.push(() => step().then(resolve, reject));
        if (!isRunning) void drain();
      });
    },
    stop() {
      isStopped = true;
    },
  };
}
