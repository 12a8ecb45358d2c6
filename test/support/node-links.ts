import type { NodeLink } from "../../server/ports.ts";
import { type Result, refuse } from "../../server/protocol/errors.ts";

/** Two ends of a link between two nodes in this process; what goes through it is JSON, in order, and takes a turn. */
export function createNodeLinks(): readonly [NodeLink, NodeLink] {
  const ends: End[] = [];
  const endBoth = () => {
    for (const end of ends) end.hasEnded();
  };
  const one = new End((letter) => other.take(letter), endBoth);
  const other: End = new End((letter) => one.take(letter), endBoth);
  ends.push(one, other);
  return [one, other];
}

type Handle = (letter: unknown) => Promise<Result<unknown>>;

class End implements NodeLink {
  readonly #send: (letter: unknown) => Promise<Result<unknown>>;
  readonly #endBoth: () => void;
  readonly #handler: Promise<Handle>;
  #setHandler: (handle: Handle) => void = () => undefined;
  #onEnded: () => void = () => undefined;
  #isEnded = false;

  constructor(send: (letter: unknown) => Promise<Result<unknown>>, endBoth: () => void) {
    this.#send = send;
    this.#endBoth = endBoth;
    this.#handler = new Promise((resolve) => {
      this.#setHandler = resolve;
    });
  }

  tell(letter: unknown): void {
    void this.ask(letter);
  }

  async ask(letter: unknown): Promise<Result<unknown>> {
    const text = JSON.stringify(letter);
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#isEnded) return refuse("media-unavailable");
    const answer = JSON.stringify(await this.#send(JSON.parse(text)));
    return this.#isEnded ? refuse("media-unavailable") : JSON.parse(answer);
  }

  onLetter(handle: Handle): void {
    this.#setHandler(handle);
  }

  onEnded(call: () => void): void {
    this.#onEnded = call;
  }

  end(): void {
    if (!this.#isEnded) this.#endBoth();
  }

  async take(letter: unknown): Promise<Result<unknown>> {
    return (await this.#handler)(letter);
  }

  hasEnded(): void {
    this.#isEnded = true;
    this.#onEnded();
  }
}
