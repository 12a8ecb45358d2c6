import { z } from "zod";
import { newSession } from "../../domain/session-change.ts";
import type { Session } from "../../ports.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  sessionBodySchema,
  sessionDetailSchema,
  sessionSchema,
  warningSchema,
} from "../../protocol/api-records.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { sessionWarningsOf } from "../session-warnings.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  programmeFrom,
  programmeParams,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

export function sessionRoutes(parts: RouteParts) {
  const { store, clock, newId } = parts;
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/sessions",
      summary: "Plans a session with its slots",
      trail: {
        action: "session.created",
        about: ({ json }) => (json ? { subject: { kind: "session", id: json.id }, sessionId: json.id } : {}),
      },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: sessionBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: sessionSchema.extend({ warnings: z.array(warningSchema) }) },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        if (!programme.data.units.some((unit) => unit.code === body.unit)) {
          return fieldRefused("unit", "the programme has no such unit");
        }
        const session: Session = newSession({
          id: newId("ses"),
          programmeId: programme.data.id,
          ...body,
          slots: body.slots
            .toSorted((a, b) => a.startAt - b.startAt)
            .map((slot) => ({ id: newId("slt"), ...slot })),
          createdAt: clock.now(),
        });
        const warnings = await sessionWarningsOf(store, programme.data, body);
        const created = await store.sessions.create(session);
        if (!created.ok) return created;
        return replyJson(201, { ...session, warnings });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/sessions",
      summary: "Lists a programme's sessions",
      trail: null,
      params: programmeParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(sessionSchema) },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await store.sessions.list(programme.data.id, query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId",
      summary: "One session, with its programme and the state of its class",
      trail: null,
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: sessionDetailSchema },
      async handle({ params }) {
        const detail = await detailOf(parts, params.sessionId);
        return detail.ok ? replyJson(200, detail.data) : detail;
      },
    }),
    classRoute(parts, "open", "Opens the class"),
    classRoute(parts, "close", "Closes the class; it can be opened again"),
  ];
}

function classRoute(parts: RouteParts, action: "open" | "close", summary: string) {
  return officeRoute({
    method: "post",
    path: `/api/v1/sessions/:sessionId/${action}`,
    summary,
    trail: { action: action === "open" ? "class.opened" : "class.closed" },
    params: sessionParams,
    query: noQuery,
    response: { status: 200, schema: sessionDetailSchema },
    async handle({ params, actor }) {
      const session = await sessionFrom(parts.store, params.sessionId);
      if (!session.ok) return session;
      const done = await parts.classes[action](session.data.id, officerIdOf(actor));
      if (!done.ok) return done;
      const detail = await detailOf(parts, session.data.id);
      return detail.ok ? replyJson(200, detail.data) : detail;
    },
  });
}

async function detailOf({ store, classes }: RouteParts, id: Session["id"]) {
  const session = await sessionFrom(store, id);
  if (!session.ok) return session;
  const programme = await store.programmes.find(session.data.programmeId);
  if (!programme) return refuse("not-found") satisfies Result<never>;
  const { status, openedAt, presentCount } = await classes.summary(id);
  const { code, title } = programme;
  return accept({
    ...session.data,
    programme: { id: programme.id, code, title },
    status,
    openedAt,
    presentCount,
  });
}
