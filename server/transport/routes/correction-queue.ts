import type { Session } from "../../ports.ts";
import { type CorrectionQueue, correctionQueueSchema } from "../../protocol/disputes.ts";
import { adjustmentsOf } from "../adjustment-views.ts";
import { disputesWithNames } from "../dispute-views.ts";
import { officeRoute, replyJson } from "../route.ts";
import { noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

const SESSIONS_AT_ONCE = 1000;

export function correctionQueueRoutes(parts: RouteParts) {
  const { store } = parts;
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/corrections",
      summary:
        "What waits in all sessions of a programme, oldest first: disputes, and proposals to be decided",
      trail: { action: "corrections.read" },
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: correctionQueueSchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const items: CorrectionQueue["items"] = [];
        let cursor: string | null = null;
        do {
          const page: { readonly items: readonly Session[]; readonly nextCursor: string | null } =
            await store.sessions.list(programme.data.id, { limit: SESSIONS_AT_ONCE, cursor });
          for (const session of page.items) items.push(...(await waitingIn(parts, session)));
          cursor = page.nextCursor;
        } while (cursor !== null);
        return replyJson(200, { items: items.toSorted((a, b) => a.waitingSince - b.waitingSince) });
      },
    }),
  ];
}

/** A dispute that became a proposal waits as that proposal, with the dispute beside it. */
async function waitingIn(
  { store, disputes }: RouteParts,
  session: Session,
): Promise<CorrectionQueue["items"]> {
  const { id, title, timeZone, slots } = session;
  const about = { id, title, timeZone, slots: [...slots] };
  const standings = (await disputes.list(session)).filter(
    ({ state }) => state === "open" || state === "proposed",
  );
  const waiting = await disputesWithNames(store, session, standings);
  const proposed = (await adjustmentsOf(store, session)).filter(({ state }) => state === "proposed");
  return [
    ...waiting
      .filter(({ state }) => state === "open")
      .map((dispute) => ({
        waitingSince: dispute.createdAt,
        session: about,
        dispute,
        adjustment: null,
      })),
    ...proposed.map((adjustment) => ({
      waitingSince: adjustment.proposedAt ?? 0,
      session: about,
      dispute: waiting.find((one) => one.adjustmentIds.includes(adjustment.adjustmentId)) ?? null,
      adjustment,
    })),
  ];
}
