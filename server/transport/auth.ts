import { parseCookie } from "cookie";
import { disputesUntil } from "../domain/disputes.ts";
import type { ApiKey, ApiScope, Clock, GuardCounts, JoinLink, NewId, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import {
  type AccountId,
  type EnrolmentId,
  type LinkId,
  linkIdSchema,
  type RecordingId,
  type SessionId,
  type StaffId,
} from "../protocol/ids.ts";
import type { Person } from "../protocol/people.ts";
import { type AccountOffice, createAccountOffice } from "./account-office.ts";
import { checkInCodeAt, isCheckInCode } from "./check-in-code.ts";
import type { PasswordCost } from "./passwords.ts";
import { isLeave, type LeaveHolder, leaveFrom } from "./playback-leave.ts";
import { createRecordingShares, type RecordingShares } from "./recording-shares.ts";
import { recordingViewer, type Viewer } from "./recording-viewer.ts";
import { joinedIn } from "./session-evidence.ts";
import { createSignIns, type SignIns, setCookieFrom } from "./sign-ins.ts";
import {
  type CookiePurpose,
  newToken,
  type SignedId,
  signedIdFrom,
  signedValueFrom,
  tokenHashOf,
} from "./token.ts";

const HOUR_MS = 3_600_000;
/** A join link outlives its session by this much, for people who come back to look. */
export const LINK_GRACE_MS = 24 * HOUR_MS;
/** A ticket is renewed each time it is shown. */
const TICKET_MS = HOUR_MS;
const API_KEY_PREFIX = "balai_";

/** Whoever came by a personal link: the link, who they are and the session it is for. */
export interface LinkHolder {
  readonly link: JoinLink;
  readonly person: Person;
  readonly session: Session;
}

export interface Auth extends SignIns, RecordingShares {
  readonly office: AccountOffice;
  /** Makes a personal link; the answer's `url` is the only place where its token ever stands. */
  createLink(session: Session, whose: LinkOwner): Promise<MadeLink>;
  /** One for each, in their order: all or none. */
  createLinks(session: Session, owners: readonly LinkOwner[]): Promise<readonly MadeLink[]>;
  /** Refuses `link-unknown`, `link-expired`, `link-revoked`. `cookie` is a Set-Cookie header. */
  exchangeLinkToken(token: string): Promise<Result<{ readonly link: JoinLink; readonly cookie: string }>>;
  /**
   * The cookie of a staff link that counts, the last one made, or of a new one: for who has signed in and is that
   * person. Refuses `link-expired` where the session is long over.
   */
  enterAsStaff(
    session: Session,
    staffId: StaffId,
  ): Promise<Result<{ readonly link: JoinLink; readonly cookie: string }>>;
  /**
   * Who holds this link, by the request's Cookie header. Refuses `unauthenticated` without the link's own
   * cookie, `link-…` when the link no longer counts, `forbidden` for who is no longer on the roster.
   */
  personFromLink(cookieHeader: string | undefined, linkId: LinkId): Promise<Result<LinkHolder>>;
  /** What the pages of other nodes know the link by, for an hour: no cookie goes there. */
  ticketOf(link: JoinLink): string;
  /** Who holds the link of a ticket. Refuses `unauthenticated` for one that is not ours or too old, and as above. */
  personFromTicket(ticket: string): Promise<Result<LinkHolder>>;
  /**
   * The participant whose link to this session the browser holds, the last one where it holds several; else
   * the staff of such a link. Refuses `unauthenticated` where there is none that counts.
   */
  personFromAnyLink(cookieHeader: string | undefined, sessionId: SessionId): Promise<Result<LinkHolder>>;
  /**
   * Whom the request's cookies stand for who may watch a recording; where nobody may, the first of them. Refuses
   * `unauthenticated` where they stand for nobody, and `not-found`.
   */
  viewerOf(
    cookieHeader: string | undefined,
    recordingId: RecordingId,
  ): Promise<Result<{ readonly viewer: Viewer; readonly isAllowed: boolean }>>;
  /** Leave to fetch a recording's files until `expiresAt` (epoch ms), for an address. */
  leaveFor(holder: LeaveHolder, expiresAt: number): string;
  /** Whether it is the holder's, and still counts. */
  isLeave(holder: LeaveHolder, given: string): boolean;
  /** The code on the hall's screen, and when the next one takes its place (epoch ms). */
  checkInCode(sessionId: SessionId): { readonly code: string; readonly changesAt: number };
  isCheckInCode(sessionId: SessionId, code: string): boolean;
  /** Makes an API key; `secret` is shown once and never kept. */
  createApiKey(
    name: string,
    scopes: readonly ApiScope[],
    ownerId?: AccountId | null,
  ): Promise<{ readonly key: ApiKey; readonly secret: string }>;
  /** Null also for a revoked key, and for one whose owner administers no more. */
  apiKeyFromBearer(secret: string): Promise<ApiKey | null>;
}

export type LinkOwner = { readonly enrolmentId: EnrolmentId } | { readonly staffId: StaffId };

export interface MadeLink {
  readonly link: JoinLink;
  readonly url: string;
}

interface AuthDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Signs cookies; whoever knows it is everybody. */
  readonly secret: string;
  readonly publicUrl: string;
  /** Of new passwords' hashes; tests take less. */
  readonly passwordCost?: PasswordCost;
  /** What guards keep, shared by all nodes; left out where there is one. */
  readonly counts?: GuardCounts | undefined;
}

/** The name of a link's own cookie: one browser can hold several links. */
function linkCookieName(linkId: string): string {
  return `balai_${linkId}`;
}

/**
 * When a link to this session that is made at `madeAt` stops counting (epoch ms): 24 hours after its last slot. Made
 * later than that, it is for whoever comes back about their attendance: for 24 hours, while slots can be disputed (LK8).
 */
export function linkExpiresAt(session: Pick<Session, "slots">, madeAt: number): number {
  const lastEndAt = Math.max(0, ...session.slots.map((slot) => slot.endAt));
  return Math.max(lastEndAt, Math.min(madeAt, disputesUntil(session) - LINK_GRACE_MS)) + LINK_GRACE_MS;
}

/** Who may come in, and as whom: join links, administrators, API keys. */
export function createAuth(parts: AuthDependencies): Auth {
  const { store, clock, newId, secret, publicUrl } = parts;
  const baseUrl = publicUrl.replace(/\/+$/, "");
  const setCookie = setCookieFrom(publicUrl);
  const signIns = createSignIns({ store, clock, newId, baseUrl, setCookie });
  const shares = createRecordingShares({ store, clock, newId, secret, baseUrl, setCookie });

  function signedId(header: string | undefined, name: string, purpose: CookiePurpose): SignedId | null {
    const value = header ? parseCookie(header)[name] : undefined;
    return value ? signedIdFrom(secret, purpose, value) : null;
  }

  function checkLink(link: JoinLink | null): Result<JoinLink> {
    if (!link) return refuse("link-unknown");
    if (link.revokedAt !== null) return refuse("link-revoked");
    if (link.expiresAt <= clock.now()) return refuse("link-expired");
    return accept(link);
  }

  function linkCookieOf(link: JoinLink): string {
    return setCookie(
      linkCookieName(link.id),
      signedValueFrom(secret, "link", link),
      link.expiresAt - clock.now(),
    );
  }

  function newLink(session: Session, whose: LinkOwner): MadeLink & { readonly tokenHash: string } {
    const token = newToken();
    const link: JoinLink = {
      id: newId("lnk"),
      sessionId: session.id,
      enrolmentId: "enrolmentId" in whose ? whose.enrolmentId : null,
      staffId: "staffId" in whose ? whose.staffId : null,
      expiresAt: linkExpiresAt(session, clock.now()),
      revokedAt: null,
      createdAt: clock.now(),
    };
    return { link, url: `${baseUrl}/join#${token}`, tokenHash: tokenHashOf(token) };
  }

  async function createLinks(session: Session, owners: readonly LinkOwner[]): Promise<readonly MadeLink[]> {
    const made = owners.map((whose) => newLink(session, whose));
    await store.links.createAll(made);
    return made.map(({ link, url }) => ({ link, url }));
  }

  async function createLink(session: Session, whose: LinkOwner): Promise<MadeLink> {
    const { link, url, tokenHash } = newLink(session, whose);
    await store.links.create(link, tokenHash);
    return { link, url };
  }

  async function personFromLink(
    cookieHeader: string | undefined,
    linkId: LinkId,
  ): Promise<Result<LinkHolder>> {
    const signed = signedId(cookieHeader, linkCookieName(linkId), "link");
    if (signed?.id !== linkId) return refuse("unauthenticated");
    if (signed.expiresAt <= clock.now()) return refuse("link-expired");
    return holderOf(linkId);
  }

  async function personFromTicket(ticket: string): Promise<Result<LinkHolder>> {
    const signed = signedIdFrom(secret, "ticket", ticket);
    const linkId = linkIdSchema.safeParse(signed?.id);
    if (!signed || !linkId.success || signed.expiresAt <= clock.now()) return refuse("unauthenticated");
    return holderOf(linkId.data);
  }

  async function holderOf(linkId: LinkId): Promise<Result<LinkHolder>> {
    const found = checkLink(await store.links.find(linkId));
    if (!found.ok) return found;
    const session = await store.sessions.find(found.data.sessionId);
    if (!session) return refuse("link-unknown");
    const person = await personOf(store, found.data, session);
    return person ? accept({ link: found.data, person, session }) : refuse("forbidden", "not on the roster");
  }

  return {
    ...signIns,
    ...shares,
    office: createAccountOffice({ ...parts, signIns }),

    createLink,
    createLinks,

    async exchangeLinkToken(token) {
      const found = checkLink(await store.links.findByTokenHash(tokenHashOf(token)));
      return found.ok ? accept({ link: found.data, cookie: linkCookieOf(found.data) }) : found;
    },

    async enterAsStaff(session, staffId) {
      const links = await store.links.listOfStaff(session.id, staffId);
      const reused = links.findLast((one) => checkLink(one).ok);
      const link = checkLink(reused ?? (await createLink(session, { staffId })).link);
      return link.ok ? accept({ link: link.data, cookie: linkCookieOf(link.data) }) : link;
    },

    personFromLink,
    personFromTicket,
    ticketOf: ({ id }) => signedValueFrom(secret, "ticket", { id, expiresAt: clock.now() + TICKET_MS }),

    async personFromAnyLink(cookieHeader, sessionId) {
      const holders: LinkHolder[] = [];
      for (const name of Object.keys(parseCookie(cookieHeader ?? ""))) {
        const linkId = linkIdSchema.safeParse(name.replace(/^balai_/, ""));
        if (!linkId.success) continue;
        const holder = await personFromLink(cookieHeader, linkId.data);
        if (holder.ok && holder.data.session.id === sessionId) holders.push(holder.data);
      }
      const holder = holders.findLast(({ person }) => person.role === "participant") ?? holders.at(-1);
      return holder ? accept(holder) : refuse("unauthenticated", "open your join link to this session first");
    },

    viewerOf: (cookieHeader, recordingId) =>
      recordingViewer(
        { store, personFromLink, signedInFromCookie: signIns.signedInFromCookie, guestsIn: shares.guestsIn },
        cookieHeader,
        recordingId,
      ),

    leaveFor: (holder, expiresAt) => leaveFrom(secret, holder, expiresAt),

    isLeave: (holder, given) => isLeave(secret, holder, given, clock.now()),

    checkInCode: (sessionId) => checkInCodeAt(secret, sessionId, clock.now()),

    isCheckInCode: (sessionId, code) => isCheckInCode(secret, sessionId, code, clock.now()),

    async createApiKey(name, scopes, ownerId = null) {
      const keySecret = `${API_KEY_PREFIX}${newToken()}`;
      const key: ApiKey = {
        id: newId("key"),
        name,
        scopes,
        ownerId,
        revokedAt: null,
        createdAt: clock.now(),
      };
      await store.apiKeys.create(key, tokenHashOf(keySecret));
      return { key, secret: keySecret };
    },

    async apiKeyFromBearer(given) {
      if (!given.startsWith(API_KEY_PREFIX) || given.length > 100) return null;
      const key = await store.apiKeys.findByHash(tokenHashOf(given));
      if (!key || key.revokedAt !== null) return null;
      const owner = key.ownerId === null ? null : await store.accounts.find(key.ownerId);
      const isOwnerFine = key.ownerId === null || (owner?.role === "admin" && owner.disabledAt === null);
      return isOwnerFine ? key : null;
    },
  };
}

/** The person a link stands for, as the roster has them now; null for who is no longer on it. */
async function personOf(store: Store, link: JoinLink, session: Session): Promise<Person | null> {
  if (link.staffId) {
    const staff = await store.staff.find(link.staffId);
    if (!staff || staff.programmeId !== session.programmeId) return null;
    return { personId: staff.id, name: staff.name, institution: null, role: staff.role };
  }
  if (!link.enrolmentId) return null;
  const enrolment = await store.enrolments.find(link.enrolmentId);
  if (!enrolment || enrolment.programmeId !== session.programmeId) return null;
  if (session.group !== null && enrolment.group !== session.group) {
    if (!(await wasInClass(store, session, enrolment.id))) return null;
  }
  const { id, name, institution } = enrolment;
  return { personId: id, name, institution, role: "participant" };
}

/** A change of group shuts nobody out of a class that they were in, or on whose fixed roster they are. */
async function wasInClass(store: Store, session: Session, enrolmentId: EnrolmentId): Promise<boolean> {
  const fixed = await store.sessions.fixedRoster(session.id);
  if (fixed?.includes(enrolmentId)) return true;
  return joinedIn(await store.classes.evidence(session.id)).has(enrolmentId);
}
