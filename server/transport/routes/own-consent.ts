import { z } from "zod";
import { refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { ownConsentSchema, withdrawnSchema } from "../../protocol/recording-office.ts";
import type { LinkHolder } from "../auth.ts";
import { linkRoute, replyJson } from "../route.ts";
import { noQuery, type RouteParts } from "./route-parts.ts";

const linkParams = z.object({ linkId: linkIdSchema });

/** RO14: what one answered to being recorded, and taking it back when the class is over. */
export function ownConsentRoutes({ store, classes, recordingKeeper }: RouteParts) {
  async function consentOf({ person, session }: LinkHolder) {
    const answers = await store.consents.list(session.id);
    return answers.filter(({ personId }) => personId === person.personId);
  }
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/consent",
      summary: "What one answered to being recorded, and which recordings of the session are kept",
      access: ["participant", "instructor", "facilitator"],
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: ownConsentSchema },
      async handle({ actor }) {
        const answers = await consentOf(actor);
        const last = answers.at(-1);
        const kept = (await store.recordings.list(actor.session.id)).filter(({ deletion }) => !deletion);
        const removals = await store.recordingRemovals.ofPerson(actor.person.personId);
        const ids = new Set(kept.map(({ recordingId }) => recordingId));
        const own = removals.filter(({ recordingId }) => ids.has(recordingId));
        return replyJson(200, {
          isGiven: last?.isGiven ?? null,
          answeredAt: last?.at ?? null,
          wasGiven: answers.some(({ isGiven }) => isGiven),
          recordings: kept.length,
          withdrawnAt: own[0]?.askedAt ?? null,
          isRemoved: own.length > 0 && own.every(({ doneAt }) => doneAt !== null),
          keptUntil: kept.reduce<number | null>(
            (latest, { keptUntil }) => (keptUntil === null ? latest : Math.max(latest ?? 0, keptUntil)),
            null,
          ),
        });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/consent/withdrawal",
      summary: "Takes one's consent back: voice, pictures and messages leave the session's recordings",
      access: ["participant", "instructor", "facilitator"],
      trail: {
        action: "recording.withdrawn",
        isOwn: true,
        about: ({ json }) => ({ detail: { removed: json?.removed ?? 0, waiting: json?.waiting ?? 0 } }),
      },
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: withdrawnSchema },
      async handle({ actor }) {
        const { person, session } = actor;
        const given = (await consentOf(actor)).findLast(({ isGiven }) => isGiven);
        if (!given) return refuse("recording-none", "nothing was recorded of you");
        const { textVersion, language, keptDays, textHash } = given;
        const answer = { isGiven: false, textVersion, language, keptDays, textHash };
        const answered = await classes.answer(session.id, { ...answer, personId: person.personId });
        if (!answered.ok) return answered;
        return replyJson(200, await recordingKeeper.removeFrom(session.id, person.personId, person.personId));
      },
    }),
  ];
}
