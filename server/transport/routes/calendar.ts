import { z } from "zod";
import type { Programme, Session } from "../../ports.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { sessionCalendar } from "../../reports/session-calendar.ts";
import { attachment } from "../attachment.ts";
import { linkRoute, officeRoute } from "../route.ts";
import {
  noQuery,
  programmeFrom,
  programmeParams,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

const TYPE = "text/calendar";

/** Sessions as files for everybody's calendar. */
export function calendarRoutes({ store, publicUrl }: RouteParts) {
  const { hostname } = new URL(publicUrl);
  const fileOf = (programme: Programme, sessions: readonly Session[], name: string) =>
    accept({
      status: 200,
      headers: attachment(`${name}.ics`),
      body: {
        text: sessionCalendar({ title: programme.title, sessions, host: hostname }),
        type: `${TYPE}; charset=utf-8`,
      },
    });
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/calendar.ics",
      summary: "All of a programme's slots as a calendar file",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: null, types: [TYPE] },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const sessions = await store.sessions.all(programme.data.id);
        return fileOf(programme.data, sessions, `jadwal-${programme.data.code}`);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/calendar.ics",
      summary: "A session's slots as a calendar file",
      trail: null,
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: null, types: [TYPE] },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const programme = await store.programmes.find(session.data.programmeId);
        if (!programme) return refuse("not-found");
        return fileOf(programme, [session.data], `jadwal-${session.data.id}`);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/calendar.ics",
      summary: "The slots of the link's own session as a calendar file, without the link",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: null, types: [TYPE] },
      async handle({ actor: { session } }) {
        const programme = await store.programmes.find(session.programmeId);
        if (!programme) return refuse("not-found");
        return fileOf(programme, [session], `jadwal-${session.id}`);
      },
    }),
  ];
}
