import type { Classes, Session } from "../../server/ports.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";

/** Classes that are open or closed as they were told, and remember who told them. */
export class FakeClasses implements Classes {
  readonly calls: string[] = [];
  readonly #open = new Set<string>();
  readonly #closed = new Set<string>();

  async summary(sessionId: string) {
    const isOpen = this.#open.has(sessionId);
    const status = isOpen ? "open" : this.#closed.has(sessionId) ? "closed" : "scheduled";
    return { status, openedAt: isOpen ? 1 : null, presentCount: 0, recording: null } as const;
  }

  async consentOf() {
    return null;
  }

  async answer(sessionId: string, answer: { personId: string; isGiven: boolean }) {
    this.calls.push(`answer ${sessionId} ${answer.personId} ${answer.isGiven}`);
    return accept();
  }

  async open(sessionId: string, by: string) {
    if (this.#open.has(sessionId)) return refuse("class-already-open");
    this.calls.push(`open ${sessionId} ${by}`);
    this.#open.add(sessionId);
    return accept();
  }

  async close(sessionId: string, by: string) {
    if (!this.#open.delete(sessionId)) return refuse("class-not-open");
    this.calls.push(`close ${sessionId} ${by}`);
    this.#closed.add(sessionId);
    return accept();
  }

  async change(sessionId: string, change: () => Promise<Result<Session>>) {
    const changed = await change();
    if (changed.ok) this.calls.push(`change ${sessionId}`);
    return changed;
  }

  /** Sessions in which somebody is. */
  readonly occupied = new Set<string>();

  async reload(sessionId: string) {
    return !this.occupied.has(sessionId);
  }

  endLink(linkId: string): void {
    this.calls.push(`endLink ${linkId}`);
  }
}
