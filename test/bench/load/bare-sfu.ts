import { fork } from "node:child_process";
import { join } from "node:path";
import type { RtpCapabilitiesJson } from "../../../server/protocol/media.ts";
import { capabilitiesFrom } from "../../support/rtp-samples.ts";
import type { BareAnswer, BareOrder } from "./bare-sfu-process.ts";
import type { FilmName } from "./film.ts";
import { iceWayFrom } from "./ice-way.ts";
import type { LoadClient } from "./load-client.ts";
import { familyOf, pin } from "./process-use.ts";
import { filmParameters, soundParameters } from "./stream-parameters.ts";

const JOIN_AT_ONCE = 20;

export interface BareSfuOptions {
  readonly client: LoadClient;
  readonly group: number;
  readonly core?: number;
  /** What each listener says it can, of what the router offers. */
  readonly capabilities?: (offered: RtpCapabilitiesJson) => RtpCapabilitiesJson;
  readonly env?: Readonly<Record<string, string>>;
}

/** mediasoup alone in a process of its own, with listeners of the load client. */
export interface BareSfu {
  readonly ssrcs: readonly number[];
  pids(): readonly number[];
  publish(films?: readonly FilmName[]): Promise<void>;
  /** Everybody gets everything that was published until then. */
  join(people: number): Promise<void>;
  /** The address of a page that shows what was published first. */
  page(): Promise<string>;
  close(): void;
}

export async function startBareSfu({ client, group, core, ...options }: BareSfuOptions): Promise<BareSfu> {
  const child = fork(join(import.meta.dirname, "bare-sfu-process.ts"), {
    env: { ...process.env, ...options.env },
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const waiting = new Map<number, (answer: BareAnswer) => void>();
  let asked = 0;
  child.on("message", (answer: BareAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const answered = (id: number) => new Promise<BareAnswer>((resolve) => waiting.set(id, resolve));
  async function ask(order: BareOrder): Promise<BareAnswer> {
    asked += 1;
    const answer = answered(asked);
    child.send({ id: asked, order });
    const { error } = await answer;
    if (error) throw new Error(`bare mediasoup: ${error}`);
    return answer;
  }
  const { rtpCapabilities: offered } = await answered(0);
  const pids = familyOf(child.pid ?? 0);
  if (core !== undefined) for (const pid of pids) pin(pid, core);
  const able = capabilitiesFrom(offered);
  const rtpCapabilities = options.capabilities?.(able) ?? able;
  const ssrcs: number[] = [];

  async function openTransport(): Promise<{ transport: number; peer: number }> {
    const offer = await ask({ kind: "transport", dtlsParameters: client.dtls });
    return { transport: Number(offer.transport), peer: client.addPeer(group, iceWayFrom(offer)) };
  }

  const publisher = await openTransport();
  let joined = 0;
  return {
    ssrcs,
    pids: () => pids,
    async publish(films) {
      const first = 1000 * (group + 1) + 10 * ssrcs.length;
      const own = films ? films.map((_, index) => first + index) : [first];
      const rtpParameters = films ? filmParameters(own) : soundParameters(first);
      await ask({
        kind: "produce",
        transport: publisher.transport,
        media: films ? "video" : "audio",
        rtpParameters,
      });
      if (films)
        for (const [index, film] of films.entries()) client.addFilm(publisher.peer, first + index, film);
      else client.addSound(publisher.peer, first);
      ssrcs.push(...own);
    },
    async join(people) {
      for (; joined < people; ) {
        const some = Math.min(JOIN_AT_ONCE, people - joined);
        joined += some;
        await Promise.all(
          Array.from({ length: some }, async () => {
            const { transport } = await openTransport();
            await ask({ kind: "consume", transport, rtpCapabilities });
          }),
        );
      }
      await client.up(client.nextPeer());
    },
    page: async () => `http://127.0.0.1:${Number((await ask({ kind: "page" })).port)}/`,
    close: () => void child.kill("SIGKILL"),
  };
}
