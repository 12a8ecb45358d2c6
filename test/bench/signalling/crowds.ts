import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { CrowdAnswer, CrowdOrder } from "./crowd-messages.ts";

const CROWD = new URL("./crowd.ts", import.meta.url).pathname;

type AnswerOf<Type extends CrowdAnswer["type"]> = Extract<CrowdAnswer, { type: Type }>;

/** The class's participants, over some processes, so that who measures does not stand in its own way. */
export interface Crowds {
  /** Everybody comes in, evenly over `spreadMs`. */
  join(links: readonly string[], spreadMs: number): Promise<readonly AnswerOf<"joined">[]>;
  raise(people: number): Promise<Readonly<Record<string, number>>>;
  look(): Promise<readonly AnswerOf<"seen">[]>;
  leave(): Promise<void>;
  close(): void;
}

export function createCrowds(processes: number): Crowds {
  const children = Array.from({ length: processes }, () =>
    fork(CROWD, { stdio: ["ignore", "ignore", "inherit", "ipc"] }),
  );

  async function ask<Type extends CrowdAnswer["type"]>(
    child: ChildProcess,
    order: CrowdOrder,
    _answer: Type,
  ): Promise<AnswerOf<Type>> {
    const answered = once(child, "message");
    const died = once(child, "exit").then(() =>
      Promise.reject(new Error("a crowd ended before it answered")),
    );
    child.send(order);
    const [answer] = await Promise.race([answered, died]);
    return answer as AnswerOf<Type>;
  }

  return {
    join(links, spreadMs) {
      const size = Math.ceil(links.length / children.length);
      return Promise.all(
        children.map((child, index) => {
          const own = links.slice(index * size, (index + 1) * size);
          return ask(child, { type: "join", links: own, first: index * size, spreadMs }, "joined");
        }),
      );
    },
    async raise(people) {
      const [first] = children;
      if (!first) return {};
      return (await ask(first, { type: "raise", people }, "raised")).sentAt;
    },
    look: () => Promise.all(children.map((child) => ask(child, { type: "look" }, "seen"))),
    async leave() {
      await Promise.all(children.map((child) => ask(child, { type: "leave" }, "left")));
    },
    close() {
      for (const child of children) child.kill();
    },
  };
}
