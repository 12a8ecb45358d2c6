import { z } from "zod";
import type { FilmName } from "./film.ts";
import { JANUS_ROOM, startJanus } from "./janus-process.ts";
import { addressOf, type IceWay, type LoadClient, VIDEO_TYPE } from "./load-client.ts";

const ANSWER_MS = 20_000;
const JOIN_AT_ONCE = 20;

const answerSchema = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  data: z.object({ id: z.number() }).optional(),
  plugindata: z.object({ data: z.looseObject({ id: z.number().optional() }) }).optional(),
  jsep: z.object({ sdp: z.string() }).optional(),
  error: z.unknown().optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** A videoroom of Janus with one camera, whose viewers are clients of the load client. */
export interface JanusRoom {
  readonly ssrcs: readonly number[];
  pids(): readonly number[];
  /** Lets people join until there are so many; resolves when they are connected. */
  join(people: number): Promise<void>;
  close(): Promise<void>;
}

export interface JanusRoomOptions {
  readonly client: LoadClient;
  readonly group: number;
  readonly core: number;
  readonly eventLoops: number;
  readonly film: FilmName;
}

export async function startJanusRoom(options: JanusRoomOptions): Promise<JanusRoom> {
  const { client, group, film } = options;
  const janus = await startJanus(options);
  const line = await openLine(janus.url);
  const session = (await line.ask({ janus: "create" })).data?.id;

  async function attach(): Promise<number> {
    const attached = await line.ask({
      janus: "attach",
      session_id: session,
      plugin: "janus.plugin.videoroom",
    });
    return attached.data?.id ?? 0;
  }
  const tell = (handle: number, body: object, jsep?: object) =>
    line.ask({ janus: "message", session_id: session, handle_id: handle, body, ...(jsep ? { jsep } : {}) });

  const ssrc = 1000 * (group + 1);
  const publisher = await attach();
  const joined = await tell(publisher, { request: "join", ptype: "publisher", room: JANUS_ROOM });
  const feed = joined.plugindata?.data.id;
  const offer = sdpOf(client, { mid: "0", type: VIDEO_TYPE, direction: "sendonly", ssrc });
  const published = await tell(publisher, { request: "publish" }, { type: "offer", sdp: offer });
  client.addFilm(client.addPeer(0, iceWayIn(published)), ssrc, film);
  await client.up(client.nextPeer());

  async function joinOne(): Promise<void> {
    const viewer = await attach();
    const request = { request: "join", ptype: "subscriber", room: JANUS_ROOM, streams: [{ feed }] };
    const offered = await tell(viewer, request);
    const sdp = offered.jsep?.sdp ?? "";
    const type = Number(/m=video \d+ \S+ (\d+)/.exec(sdp)?.[1]);
    const mid = /a=mid:(\S+)/.exec(sdp)?.[1] ?? "0";
    // Janus is told the candidate in the answer: the client's number has to be known before.
    const answer = sdpOf(client, { mid, type, direction: "recvonly" });
    client.addPeer(group, iceWayIn(offered));
    await tell(viewer, { request: "start" }, { type: "answer", sdp: answer });
  }

  let people = 0;
  return {
    ssrcs: [ssrc],
    pids: () => [janus.pid],
    async join(wanted) {
      while (people < wanted) {
        const some = Math.min(JOIN_AT_ONCE, wanted - people);
        people += some;
        await Promise.all(Array.from({ length: some }, joinOne));
      }
      await client.up(client.nextPeer());
    },
    async close() {
      line.close();
      await janus.close();
    },
  };
}

/** Where Janus waits, by its description of itself. */
function iceWayIn({ jsep, plugindata, error }: Answer): IceWay {
  const sdp = jsep?.sdp;
  if (!sdp) throw new Error(`Janus answers without media: ${JSON.stringify(plugindata ?? error)}`);
  const [, host, port] = /a=candidate:\S+ 1 udp \d+ (127\.\S+) (\d+) typ host/i.exec(sdp) ?? [];
  const [, name] = /a=ice-ufrag:(\S+)/.exec(sdp) ?? [];
  const [, password] = /a=ice-pwd:(\S+)/.exec(sdp) ?? [];
  if (!host || !port || !name || !password) throw new Error("Janus offers nothing on loopback");
  return { host, port: Number(port), name, password };
}

interface Line {
  readonly mid: string;
  readonly type: number;
  readonly direction: "sendonly" | "recvonly";
  readonly ssrc?: number;
}

/** How the next client of the load client describes itself. */
function sdpOf(client: LoadClient, { mid, type, direction, ssrc }: Line): string {
  const peer = client.nextPeer();
  const [fingerprint] = client.dtls.fingerprints;
  return [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${mid}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${type}`,
    "c=IN IP4 127.0.0.1",
    "a=rtcp-mux",
    `a=mid:${mid}`,
    `a=${direction}`,
    `a=rtpmap:${type} VP8/90000`,
    `a=rtcp-fb:${type} nack`,
    `a=rtcp-fb:${type} nack pli`,
    ...(ssrc === undefined ? [] : [`a=ssrc:${ssrc} cname:load`]),
    `a=ice-ufrag:c${String(peer).padStart(5, "0")}`,
    `a=ice-pwd:${client.icePassword}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
    "a=setup:active",
    `a=candidate:1 1 udp 2130706431 ${addressOf(peer)} ${client.port} typ host`,
    "a=end-of-candidates",
    "",
  ].join("\r\n");
}

/** Requests and their answers over Janus's WebSocket; an answer that only says "later" is waited past. */
async function openLine(url: string) {
  const socket = new WebSocket(url, "janus-protocol");
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("Janus took no connection"));
  });
  const waiting = new Map<string, (answer: Answer) => void>();
  let asked = 0;
  socket.onmessage = ({ data }) => {
    const answer = answerSchema.parse(JSON.parse(String(data)));
    if (answer.janus === "ack" || answer.transaction === undefined) return;
    waiting.get(answer.transaction)?.(answer);
    waiting.delete(answer.transaction);
  };
  return {
    ask(request: object): Promise<Answer> {
      asked += 1;
      const transaction = `t${asked}`;
      socket.send(JSON.stringify({ ...request, transaction }));
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error("Janus does not answer")), ANSWER_MS);
        waiting.set(transaction, (answer) => {
          clearTimeout(late);
          resolve(answer);
        });
      });
    },
    close: () => socket.close(),
  };
}
