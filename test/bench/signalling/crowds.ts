import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { DtlsParametersJson, ViewTile } from "../../../server/protocol/media.ts";
import type { CrowdAnswer, CrowdOrder } from "./crowd-messages.ts";

const CROWD = new URL("./crowd.ts", import.meta.url).pathname;

type AnswerOf<Type extends CrowdAnswer["type"]> = Extract<CrowdAnswer, { type: Type }>;

/** The class's participants, over some processes, so that who measures does not stand in its own way. */
export interface Crowds {
  /** Everybody comes in, evenly over `spreadMs`. */
  join(links: readonly string[], spreadMs: number): Promise<readonly AnswerOf<"joined">[]>;
  /** Everybody shows these pictures. */
  view(tiles: readonly ViewTile[]): Promise<void>;
  raise(people: number): Promise<Readonly<Record<string, number>>>;
  look(): Promise<readonly AnswerOf<"seen">[]>;
  leave(): Promise<void>;
  pids(): readonly number[];
  close(): void;
}

/** How people's receive transports are connected; without it nobody has one. */
export interface CrowdMedia {
  readonly dtlsParameters: DtlsParametersJson;
  onTransport(offer: unknown): void;
}

export function createCrowds(processes: number, media: CrowdMedia | null = null): Crowds {
  const children = Array.from({ length: processes }, () =>
    fork(CROWD, { stdio: ["ignore", "ignore", "inherit", "ipc"] }),
  );
  for (const child of children) {
    child.on("message", (answer: CrowdAnswer) => {
      if (answer.type === "transport") media?.onTransport(answer.offer);
    });
  }

  async function ask<Type extends CrowdAnswer["type"]>(
    child: ChildProcess,
    order: CrowdOrder,
    type: Type,
  ): Promise<AnswerOf<Type>> {
    const answered = new Promise<AnswerOf<Type>>((resolve) => {
      const look = (answer: CrowdAnswer) => {
        if (answer.type !== type) return;
        child.off("message", look);
        resolve(answer as AnswerOf<Type>);
      };
      child.on("message", look);
    });
    const died = once(child, "exit").then(() =>
      Promise.reject(new Error("a crowd ended before it answered")),
    );
    child.send(order);
    return Promise.race([answered, died]);
  }

  return {
    join(links, spreadMs) {
      const size = Math.ceil(links.length / children.length);
      return Promise.all(
        children.map((child, index) => {
          const own = links.slice(index * size, (index + 1) * size);
          const dtlsParameters = media?.dtlsParameters ?? null;
          const order = { type: "join", links: own, first: index * size, spreadMs, dtlsParameters } as const;
          return ask(child, order, "joined");
        }),
      );
    },
    async view(tiles) {
      await Promise.all(children.map((child) => ask(child, { type: "view", tiles }, "viewed")));
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
    pids: () => children.flatMap(({ pid }) => pid ?? []),
    close() {
      for (const child of children) child.kill();
    },
  };
}
