import { homeBodySchema, homeSchema } from "../../protocol/api.ts";
import { openRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

export function classHomeRoutes({ auth, nodes, publicUrl }: RouteParts) {
  return [
    openRoute({
      method: "post",
      path: "/api/v1/home",
      summary: "Which node's address a class's people connect to now; for pages of all nodes, with a ticket",
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: homeBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: homeSchema },
      isForNodes: true,
      async handle({ body }) {
        const holder = await auth.personFromTicket(body.ticket);
        if (!holder.ok) return holder;
        const { link, session } = holder.data;
        const home = nodes ? await nodes.homeUrl(session.id) : null;
        if (home && !home.ok) return home;
        return replyJson(200, {
          url: home?.data ?? publicUrl,
          ticket: auth.ticketOf(link),
          nodes: nodes?.urls() ?? [],
        });
      },
    }),
  ];
}
