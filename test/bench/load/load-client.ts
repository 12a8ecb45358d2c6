import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { DtlsParametersJson } from "../../../server/protocol/media.ts";
import { builtTool } from "./built-tool.ts";
import { type FilmName, filmFile } from "./film.ts";
import { cpuMsOf, pin } from "./process-use.ts";

const ANSWER_MS = 20_000;
/** mediasoup's number of the header extension with transport-wide sequence numbers. */
const TRANSPORT_CC_EXTENSION = 5;
/** Opus as publishers here number it, and as the media servers do. */
const AUDIO_TYPES = [111, 100] as const;
const FILM_ORDER: readonly FilmName[] = ["camera", "thumbnail", "screen", "narrowScreen"];
/** One in so many peers decrypts everything, to learn latencies. */
const SAMPLED = 25;

const readySchema = z.object({
  kind: z.literal("ready"),
  port: z.number(),
  fingerprint: z.string(),
  icePassword: z.string(),
});
const upSchema = z.object({ kind: z.literal("up"), id: z.number(), profile: z.string() });
const windowSchema = z.object({
  kind: z.literal("window"),
  up: z.number(),
  flowing: z.number(),
  streams: z.number(),
  decodable: z.number(),
  packets: z.number(),
  bytes: z.number(),
  expected: z.number(),
  received: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  latencies: z.number(),
  undecipherable: z.number(),
  sent: z.number(),
  keysAsked: z.number(),
  resent: z.number(),
  socketDrops: z.number(),
  cpuMs: z.number(),
});
const joinsSchema = z.object({
  kind: z.literal("joins"),
  peers: z.array(
    z.object({
      id: z.number(),
      addedAt: z.number(),
      upAt: z.number(),
      streams: z.array(
        z.object({ ssrc: z.number(), isVideo: z.boolean(), firstAt: z.number(), keyAt: z.number() }),
      ),
    }),
  ),
});
const answerSchema = z.discriminatedUnion("kind", [readySchema, upSchema, windowSchema, joinsSchema]);
type Answer = z.infer<typeof answerSchema>;

/** What a group received since its last mark. Latencies are from the publisher's socket to the receiver's. */
export type LoadWindow = z.infer<typeof windowSchema>;
/** Times are of `monotonicMs`; 0 is never. */
export type LoadJoin = z.infer<typeof joinsSchema>["peers"][number];

/** Where a media server waits for one client. */
export interface IceWay {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly password: string;
}

/** The program that plays hundreds of WebRTC clients (test/bench/load-client). */
export interface LoadClient {
  readonly pid: number;
  /** What its clients say of themselves. */
  readonly dtls: DtlsParametersJson;
  readonly icePassword: string;
  readonly port: number;
  /** Adds a client and returns its number; it connects at once, as DTLS client. */
  addPeer(group: number, way: IceWay): number;
  /** The number the next client will have: Janus wants to know addresses first. */
  nextPeer(): number;
  /** Resolves when so many clients have their keys. */
  up(count: number): Promise<void>;
  addSound(peer: number, ssrc: number): void;
  addFilm(peer: number, ssrc: number, film: FilmName): void;
  setHushed(ssrcs: readonly number[], isHushed: boolean): void;
  drop(peer: number): void;
  mark(group: number): void;
  window(group: number): Promise<LoadWindow>;
  joins(group: number): Promise<readonly LoadJoin[]>;
  cpuMs(): number;
  close(): void;
}

/** The clock of the load client's times, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The address of a client, by its number. */
export function addressOf(peer: number): string {
  const host = peer + 1;
  return `127.1.${host >> 8}.${host & 255}`;
}

export const VIDEO_TYPE = 96;
export const AUDIO_TYPE = AUDIO_TYPES[0];

/** Builds and starts it, on the last core, away from what is measured. */
export async function startLoadClient({ core }: { readonly core: number }): Promise<LoadClient> {
  const program = await builtTool("load-client", ["-lssl", "-lcrypto", "-lsrtp2"]);
  const films = await Promise.all(FILM_ORDER.map(filmFile));
  const args = [
    ...films.flatMap((film) => ["--film", film]),
    ...["--audio-types", AUDIO_TYPES.join(","), "--transport-cc", String(TRANSPORT_CC_EXTENSION)],
  ];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const { pid } = child;
  if (pid === undefined) throw new Error("the load client did not start");
  pin(pid, core);
  const waiting: ((answer: Answer) => void)[] = [];
  const watchers = new Set<() => void>();
  let upCount = 0;
  let peerCount = 0;
  const grouped = new Map<number, number>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer = answerSchema.parse(JSON.parse(line));
    if (answer.kind !== "up") return waiting.shift()?.(answer);
    upCount += 1;
    for (const look of [...watchers]) look();
    return undefined;
  });
  const order = (line: string) => void child.stdin.write(`${line}\n`);
  const answered = <Wanted extends Answer>(schema: z.ZodType<Wanted>, line?: string) =>
    new Promise<Wanted>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the load client is silent: ${line}`)), ANSWER_MS);
      waiting.push((answer) => {
        clearTimeout(late);
        resolve(schema.parse(answer));
      });
      if (line) order(line);
    });
  const ready = await answered(readySchema);
  return {
    pid,
    dtls: { role: "client", fingerprints: [{ algorithm: "sha-256", value: ready.fingerprint }] },
    icePassword: ready.icePassword,
    port: ready.port,
    nextPeer: () => peerCount,
    addPeer(group, { host, port, name, password }) {
      const id = peerCount;
      peerCount += 1;
      const before = grouped.get(group) ?? 0;
      grouped.set(group, before + 1);
      const isSampled = before % SAMPLED === 1 ? 1 : 0;
      order(`peer ${id} ${group} ${isSampled} ${host} ${port} ${name} ${password}`);
      return id;
    },
    up: (count) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${upCount} of ${count} clients are connected`)),
          3 * ANSWER_MS,
        );
        const look = () => {
          if (upCount < count) return;
          clearTimeout(late);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    addSound: (peer, ssrc) => order(`audio ${peer} ${ssrc} ${AUDIO_TYPE} 0 0`),
    addFilm: (peer, ssrc, film) =>
      order(`video ${peer} ${ssrc} ${VIDEO_TYPE} 0 0 ${FILM_ORDER.indexOf(film)}`),
    setHushed(ssrcs, isHushed) {
      for (const ssrc of ssrcs) order(`${isHushed ? "hush" : "speak"} ${ssrc}`);
    },
    drop: (peer) => order(`drop ${peer}`),
    mark: (group) => order(`mark ${group}`),
    window: (group) => answered(windowSchema, `window ${group}`),
    joins: async (group) => (await answered(joinsSchema, `joins ${group}`)).peers,
    cpuMs: () => cpuMsOf([pid]),
    close: () => void child.kill("SIGKILL"),
  };
}
