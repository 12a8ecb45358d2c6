import { z } from "zod";
import type { IceWay } from "./load-client.ts";

const offerSchema = z.object({
  iceParameters: z.object({ usernameFragment: z.string(), password: z.string() }),
  iceCandidates: z.array(
    z.object({
      protocol: z.string(),
      port: z.number(),
      ip: z.string().optional(),
      address: z.string().optional(),
    }),
  ),
});

/** Where the transport that mediasoup offers is to be reached by UDP. */
export function iceWayFrom(offer: unknown): IceWay {
  const { iceParameters, iceCandidates } = offerSchema.parse(offer);
  const candidate = iceCandidates.find(({ protocol }) => protocol === "udp");
  const host = candidate?.address ?? candidate?.ip;
  if (!candidate || !host) throw new Error("the transport has no UDP candidate");
  return {
    host,
    port: candidate.port,
    name: iceParameters.usernameFragment,
    password: iceParameters.password,
  };
}
