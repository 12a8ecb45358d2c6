import type { Request } from "express";
import { accountAccessFrom } from "../domain/account-access.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { linkIdSchema, recordingIdSchema, sessionIdSchema } from "../protocol/ids.ts";
import type { ClassRole } from "../protocol/people.ts";
import type { Auth } from "./auth.ts";
import type { Access, Actor, Route } from "./route.ts";

/** What an actor is in the authorisation table; a key has a row for each scope. */
function accessOf(actor: Actor): readonly Access[] {
  if (actor.kind === "anonymous") return ["anonymous"];
  if (actor.kind === "account") return [accountAccessFrom(actor.account, actor.signIn.via)];
  if (actor.kind === "key") return actor.key.scopes.map((scope) => `${scope}-key` as const);
  if (actor.kind === "guest") return ["guest"];
  const role: ClassRole = actor.holder.person.role;
  return [role];
}

/**
 * Who sends this request, checked against the route's table row. Refuses `unauthenticated`, `link-…`,
 * `forbidden`; and an unsafe request that a cookie vouches for when it comes from another origin. `noteForbidden`
 * is told who it was that may not.
 */
export async function authorise(
  route: Route,
  request: Request,
  auth: Auth,
  isOurs: (origin: string) => boolean,
  noteForbidden: (actor: Actor) => Promise<void>,
): Promise<Result<Actor>> {
  const found = await actorFrom(route, request, auth, noteForbidden);
  if (!found.ok) return found;
  const access = accessOf(found.data);
  if (!access.some((one) => route.access.includes(one))) {
    if (access.includes("unready-admin")) return refuse("second-factor-unset");
    await noteForbidden(found.data);
    return refuse("forbidden");
  }
  if (route.method !== "get" && !isOriginFine(route, request, isOurs, found.data)) {
    return refuse("forbidden", "this request comes from another site");
  }
  return found;
}

async function actorFrom(
  route: Route,
  request: Request,
  auth: Auth,
  noteForbidden: (actor: Actor) => Promise<void>,
): Promise<Result<Actor>> {
  if (route.scheme === "open") return accept({ kind: "anonymous" });
  if (route.scheme === "viewer") {
    const recordingId = recordingIdSchema.safeParse(request.params.recordingId);
    if (!recordingId.success) return refuse("not-found", "there is no such recording");
    const found = await auth.viewerOf(request.headers.cookie, recordingId.data);
    if (!found.ok) return found;
    const { viewer, isAllowed } = found.data;
    if (isAllowed || accessOf(viewer).includes("unready-admin")) return accept(viewer);
    await noteForbidden(viewer);
    return refuse("forbidden");
  }
  if (route.scheme === "link") {
    const linkId = linkIdSchema.safeParse(request.params.linkId);
    if (!linkId.success) return refuse("unauthenticated");
    const { ticket } = request.query;
    // A page whose own node is gone: its cookie stays with that node's address.
    const isByTicket = route.isForNodes && typeof ticket === "string";
    const holder = isByTicket
      ? await auth.personFromTicket(ticket)
      : await auth.personFromLink(request.headers.cookie, linkId.data);
    if (holder.ok && holder.data.link.id !== linkId.data) return refuse("unauthenticated");
    return holder.ok ? accept({ kind: "link", holder: holder.data }) : holder;
  }
  if (route.scheme === "any-link") {
    const sessionId = sessionIdSchema.safeParse(request.params.sessionId);
    if (!sessionId.success) return refuse("unauthenticated");
    const holder = await auth.personFromAnyLink(request.headers.cookie, sessionId.data);
    return holder.ok ? accept({ kind: "link", holder: holder.data }) : holder;
  }
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer +([\w-]+)$/i.exec(authorization)?.[1];
    const key = secret ? await auth.apiKeyFromBearer(secret) : null;
    return key ? accept({ kind: "key", key }) : refuse("unauthenticated", "this API key is not known");
  }
  const signedIn = await auth.signedInFromCookie(request.headers.cookie);
  return signedIn ? accept({ kind: "account", ...signedIn }) : refuse("unauthenticated");
}

/**
 * Browsers say where an unsafe request comes from. Where a cookie vouches, they must say that it is us. Where
 * nothing does, an Origin that is not ours is refused all the same, so that nobody is signed in by another
 * site. No site can make a browser send a key.
 */
function isOriginFine(
  route: Route,
  request: Request,
  isOurs: (origin: string) => boolean,
  actor: Actor,
): boolean {
  if (actor.kind === "key") return true;
  const site = request.headers["sec-fetch-site"];
  const given = request.headers.origin;
  if (route.isForNodes && given !== undefined) return isOurs(given);
  if (site !== undefined) return site === "same-origin";
  return given === undefined ? actor.kind === "anonymous" : isOurs(given);
}
