import type { Account, Session, Staff, Store } from "../../ports.ts";
import { mySessionsSchema } from "../../protocol/accounts.ts";
import { joinedSchema } from "../../protocol/api.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { accountRoute, replyJson } from "../route.ts";
import { watchableRecordings } from "../watchable-recordings.ts";
import { noParams, noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";
import { ANY_ACCOUNT } from "./sign-in.ts";

/** AU11: the classes of the programmes whose staff somebody is, by the e-mail of their account. */
export function mySessionRoutes({ store, auth }: RouteParts) {
  return [
    accountRoute({
      method: "get",
      path: "/api/v1/my/sessions",
      summary: "The sessions of the programmes that have one on their staff",
      trail: null,
      access: ANY_ACCOUNT,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: mySessionsSchema },
      async handle({ actor: { account } }) {
        const items = [];
        for (const { programmeId, role } of await store.staff.listByEmail(account.email)) {
          const programme = await store.programmes.find(programmeId);
          if (!programme) continue;
          for (const session of await sessionsOf(store, programmeId)) {
            const { id, title, mode, timeZone, slots } = session;
            items.push({
              sessionId: id,
              title,
              mode,
              timeZone,
              slots,
              role,
              programme: { code: programme.code, title: programme.title },
              recordings: await watchableRecordings(store, id),
              unit: programme.units.find((unit) => unit.code === session.unit)?.title ?? session.unit,
            });
          }
        }
        return replyJson(200, { items });
      },
    }),
    accountRoute({
      method: "post",
      path: "/api/v1/my/sessions/:sessionId/enter",
      summary: "Gives this browser the cookie of one's own staff link to the class",
      trail: { action: "link.created" },
      access: ANY_ACCOUNT,
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: joinedSchema },
      async handle({ params, actor: { account } }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const staff = await staffOf(store, account, session.data);
        if (!staff.ok) return staff;
        const entered = await auth.enterAsStaff(session.data, staff.data.id);
        if (!entered.ok) return entered;
        return replyJson(200, { linkId: entered.data.link.id }, { "Set-Cookie": entered.data.cookie });
      },
    }),
  ];
}

async function sessionsOf(store: Store, programmeId: Session["programmeId"]): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["sessions"]["list"]>> = await store.sessions.list(programmeId, {
      limit: 1000,
      cursor,
    });
    sessions.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sessions;
}

async function staffOf(store: Store, account: Account, session: Session): Promise<Result<Staff>> {
  const mine = await store.staff.listByEmail(account.email);
  const staff = mine.find(({ programmeId }) => programmeId === session.programmeId);
  return staff ? accept(staff) : refuse("forbidden", "the programme does not have you on its staff");
}
