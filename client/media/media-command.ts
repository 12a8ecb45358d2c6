import type { CommandInput, CommandName } from "../../server/protocol/commands.ts";
import { type Result, refuse } from "../../server/protocol/errors.ts";

/** Sends one command on the class's socket and gives its ack. May reject when the line is down. */
export type SendCommand = <Name extends CommandName>(
  name: Name,
  args: CommandInput<Name>,
) => Promise<Result<unknown>>;

/** Where the module tells what went wrong with nobody to tell; the console by default. */
export type MediaLog = (message: string, cause: unknown) => void;

/** A line that says nothing for so long is broken. */
const ANSWER_MS = 10_000;

/** Commands whose answer always comes: a broken line is a refusal (`unavailable`) like any other. */
export interface CommandLine {
  readonly command: SendCommand;
  /** The connection was replaced: nobody will answer what was asked on the old one. */
  abandon(): void;
}

export function createCommandLine(send: SendCommand): CommandLine {
  const waiting = new Set<() => void>();
  return {
    command(name, args) {
      return new Promise((resolve) => {
        const settle = (answer: Result<unknown>) => {
          clearTimeout(timer);
          waiting.delete(giveUp);
          resolve(answer);
        };
        const giveUp = () => settle(refuse("unavailable", `${name} was not answered`));
        const timer = setTimeout(giveUp, ANSWER_MS);
        waiting.add(giveUp);
        send(name, args).then(settle, (error: unknown) =>
          settle(refuse("unavailable", error instanceof Error ? error.message : String(error))),
        );
      });
    },
    abandon() {
      for (const giveUp of [...waiting]) giveUp();
    },
  };
}

/** A refusal on its way through a library that only knows exceptions. */
export class RefusedError extends Error {
  readonly refusal: Extract<Result<unknown>, { ok: false }>;
  constructor(refusal: Extract<Result<unknown>, { ok: false }>) {
    super(`refused: ${refusal.code}`);
    this.name = "RefusedError";
    this.refusal = refusal;
  }
}

export function refusalFrom(error: unknown): Extract<Result<unknown>, { ok: false }> {
  if (error instanceof RefusedError) return error.refusal;
  return refuse("media-unavailable", error instanceof Error ? error.message : String(error));
}
