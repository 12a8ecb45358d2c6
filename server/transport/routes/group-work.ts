import { z } from "zod";
import { decideScore } from "../../domain/scoring.ts";
import { workedRoomsFrom } from "../../domain/worked-rooms.ts";
import {
  groupWorkQuerySchema,
  groupWorkSchema,
  roomWorkSchema,
  scoreBodySchema,
  scoreSchema,
  workedRoomListSchema,
} from "../../protocol/case-work.ts";
import { refuse } from "../../protocol/errors.ts";
import { breakoutRoomIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import { groupWorkTable } from "../../reports/group-work-table.ts";
import { groupWork, roomWork, workedRooms } from "../case-work.ts";
import { type Access, linkRoute, officeRoute, replyJson } from "../route.ts";
import { TABLE_TYPES, tableReply } from "../table-reply.ts";
import { fileFacts } from "../trail-facts.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";

const STAFF: readonly Access[] = ["instructor", "facilitator"];
const linkParams = z.object({ linkId: linkIdSchema });

/** The groups' work and what it was scored: by the staff's own link, and for the office as a file. */
export function groupWorkRoutes({ store, newId, clock, answerSheets }: RouteParts) {
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/group-work",
      summary: "The rooms that worked on a case, with their members, roles and scores",
      access: STAFF,
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: workedRoomListSchema },
      async handle({ actor }) {
        return replyJson(200, { items: await workedRooms(store, actor.session) });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/group-work/:roomId",
      summary: "What a group wrote, with the case as it was given and its rubric",
      access: STAFF,
      params: linkParams.extend({ roomId: breakoutRoomIdSchema }),
      query: noQuery,
      response: { status: 200, schema: roomWorkSchema },
      async handle({ params, actor }) {
        const work = await roomWork(store, answerSheets, {
          sessionId: actor.session.id,
          roomId: params.roomId,
        });
        return work.ok ? replyJson(200, work.data) : work;
      },
    }),
    linkRoute({
      method: "put",
      path: "/api/v1/join/:linkId/group-work/:roomId/score",
      summary: "Scores a group's work by the rubric; where the case says so it becomes each member's result",
      trail: {
        action: "group-work.scored",
        about: ({ params, json }) => ({
          subject: { kind: "room", id: params.roomId },
          people: json?.members ?? [],
        }),
      },
      access: STAFF,
      params: linkParams.extend({ roomId: breakoutRoomIdSchema }),
      query: noQuery,
      body: { kind: "json", schema: scoreBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: scoreSchema },
      async handle({ params, body, actor }) {
        const { session, person } = actor;
        const { roomId } = params;
        const sheet = await store.sheets.find({ sessionId: session.id, roomId });
        const rooms = workedRoomsFrom(await store.classes.replay(session.id));
        const room = rooms.find((one) => one.roomId === roomId);
        if (!sheet || !room) return refuse("room-unknown");
        const at = clock.now();
        const score = decideScore(sheet.case, room, body, { by: person.personId, at });
        if (!score.ok) return score;
        await store.scores.put(session.id, score.data);
        const { requirement } = sheet.case;
        if (requirement !== null) {
          const rows = room.members.map((enrolmentId) => ({
            newId: newId("res"),
            enrolmentId,
            requirement: `assignment:${requirement}`,
            score: score.data.total,
            status: score.data.isAccepted ? ("accepted" as const) : ("rejected" as const),
            takenAt: at,
            source: `balai:${roomId}`,
          }));
          if (rows.length > 0) await store.results.put(session.programmeId, rows, at);
        }
        return replyJson(200, score.data);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/group-work",
      summary: "What the groups of a session wrote in their rooms, with roles and scores",
      trail: {
        action: "group-work.read",
        about: ({ query }) => fileFacts("group-work.exported", query.format),
      },
      params: sessionParams,
      query: groupWorkQuerySchema,
      response: { status: 200, schema: groupWorkSchema, types: TABLE_TYPES },
      async handle({ params, query }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const { id: sessionId } = session.data;
        const work = await groupWork(store, session.data, (roomId) =>
          answerSheets.answers({ sessionId, roomId }),
        );
        if (query.format === "json") return replyJson(200, work);
        return await tableReply(groupWorkTable(work), query.format, `kerja-kelompok-${sessionId}`);
      },
    }),
  ];
}
