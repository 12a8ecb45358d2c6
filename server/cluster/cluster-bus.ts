import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock, Log } from "../ports.ts";
import { ERRORS, type ErrorCode, type Result, refuse } from "../protocol/errors.ts";
import {
  accountIdSchema,
  apiKeyIdSchema,
  linkIdSchema,
  personIdSchema,
  sessionIdSchema,
} from "../protocol/ids.ts";
import { consentAnswerSchema, sha256Schema } from "../protocol/recordings.ts";
import { ANSWER_WITHIN_MS } from "./cluster-times.ts";
import { EVERYBODY_CHANNEL, nodeChannel } from "./redis-keys.ts";
import type { RedisLink } from "./redis-link.ts";

const officerIdSchema = z.union([accountIdSchema, apiKeyIdSchema]);
const ofClass = { sessionId: sessionIdSchema };
/** What one node asks of another. */
const requestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("take"), ...ofClass }),
  z.strictObject({ kind: z.literal("open"), ...ofClass, by: officerIdSchema }),
  z.strictObject({ kind: z.literal("close"), ...ofClass, by: officerIdSchema }),
  z.strictObject({
    kind: z.literal("answer"),
    ...ofClass,
    answer: consentAnswerSchema.extend({ personId: personIdSchema, textHash: sha256Schema }),
  }),
  z.strictObject({ kind: z.literal("reload"), ...ofClass }),
  z.strictObject({ kind: z.literal("hold"), ...ofClass, holdId: z.string() }),
  z.strictObject({ kind: z.literal("release"), ...ofClass, holdId: z.string() }),
  z.strictObject({ kind: z.literal("drain") }),
  z.strictObject({ kind: z.literal("resume") }),
]);
export type NodeRequest = z.infer<typeof requestSchema>;

/** What one node tells all. */
const noticeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("link-ended"), linkId: linkIdSchema }),
  z.strictObject({ kind: z.literal("class-rewritten"), sessionId: sessionIdSchema }),
]);
export type NodeNotice = z.infer<typeof noticeSchema>;

const letterSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("request"),
    id: z.string(),
    from: z.string(),
    /** Epoch ms by the installation's clock. */
    askedAt: z.int(),
    request: requestSchema,
  }),
  z.strictObject({
    type: z.literal("answer"),
    id: z.string(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).nullable(),
    /** Of what was accepted, where there is something to say. */
    isYes: z.boolean().nullable(),
  }),
  z.strictObject({ type: z.literal("notice"), notice: noticeSchema }),
]);
type Letter = z.infer<typeof letterSchema>;

export interface ClusterBus {
  /** Refuses `unavailable` where the node does not answer in time. The answer's data say yes or no, if anything. */
  ask(nodeId: string, request: NodeRequest): Promise<Result<boolean | null>>;
  /** Reaches every other node; what is told while Redis is gone is told when it is back. */
  tell(notice: NodeNotice): void;
  close(): Promise<void>;
}

export interface BusParts {
  readonly redis: RedisLink;
  readonly nodeId: string;
  /** The installation's clock, for a looker-on too. */
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  onRequest(request: NodeRequest): Promise<Result<boolean | null>>;
  onNotice(notice: NodeNotice): void;
  /** It hears again after a break, in which it may have missed notices. */
  onHearingAgain?(): void;
}

/** Requests and notices between nodes, over what Redis publishes. */
export async function openBus(parts: BusParts): Promise<ClusterBus> {
  const { redis, nodeId, clock, log, onRequest, onNotice } = parts;
  const { commands, subscriber } = redis;
  const listen = () => subscriber.subscribe(nodeChannel(nodeId), EVERYBODY_CHANNEL);
  const waiting = new Map<string, (result: Result<boolean | null>) => void>();
  let untold: NodeNotice[] = [];

  subscriber.on("message", (_channel: string, text: string) => {
    const letter = letterFrom(text);
    if (letter) void read(letter);
    else log.warn({ length: text.length }, "a message between nodes cannot be read");
  });
  await listen();
  // What is told from the answer on is heard; what was told before may be lost.
  const hearAgain = () => void listen().then(parts.onHearingAgain, () => {});
  subscriber.on("ready", hearAgain);

  async function read(letter: Letter): Promise<void> {
    if (letter.type === "notice") return onNotice(letter.notice);
    if (letter.type === "answer") {
      const { code, isYes } = letter;
      return waiting.get(letter.id)?.(code === null ? { ok: true, data: isYes } : refuse(code));
    }
    // Redis stood still with it, and who asked was told that it failed.
    if (clock.now() - letter.askedAt > ANSWER_WITHIN_MS) return;
    const result = await onRequest(letter.request).catch((err: unknown) => {
      log.error({ err, kind: letter.request.kind }, "a request of another node failed");
      return refuse("internal");
    });
    const answer: Letter = {
      type: "answer",
      id: letter.id,
      code: result.ok ? null : result.code,
      isYes: result.ok ? result.data : null,
    };
    await commands.publish(nodeChannel(letter.from), JSON.stringify(answer)).catch(() => {});
  }

  async function tellAll(): Promise<void> {
    const notices = untold;
    untold = [];
    for (const [index, notice] of notices.entries()) {
      const letter: Letter = { type: "notice", notice };
      try {
        await commands.publish(EVERYBODY_CHANNEL, JSON.stringify(letter));
      } catch {
        untold.unshift(...notices.slice(index));
        return;
      }
    }
  }
  const tellWhenBack = () => void tellAll();
  commands.on("ready", tellWhenBack);

  return {
    ask(to, request) {
      const askedAt = Math.round(clock.now());
      const letter: Letter = { type: "request", id: randomUUID(), from: nodeId, askedAt, request };
      return new Promise((resolve) => {
        const done = (result: Result<boolean | null>) => {
          clearTimeout(timer);
          waiting.delete(letter.id);
          resolve(result);
        };
        const timer = setTimeout(
          () => done(refuse("unavailable", "its node did not answer")),
          ANSWER_WITHIN_MS,
        );
        waiting.set(letter.id, done);
        commands.publish(nodeChannel(to), JSON.stringify(letter)).then(
          (receivers) => receivers === 0 && done(refuse("unavailable", "its node is not there")),
          () => done(refuse("unavailable", "Redis is gone")),
        );
      });
    },
    tell(notice) {
      untold.push(notice);
      void tellAll();
    },
    async close() {
      commands.off("ready", tellWhenBack);
      subscriber.off("ready", hearAgain);
      for (const done of waiting.values()) done(refuse("unavailable"));
      await subscriber.unsubscribe().catch(() => {});
    },
  };
}

function letterFrom(text: string): Letter | null {
  try {
    return letterSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
