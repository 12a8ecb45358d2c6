import { parseCookie } from "cookie";
import { accountAccessFrom } from "../domain/account-access.ts";
import type { Recording, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { linkIdSchema, type RecordingId } from "../protocol/ids.ts";
import type { Auth, LinkHolder } from "./auth.ts";
import type { Guest } from "./recording-shares.ts";
import type { SignedIn } from "./sign-ins.ts";

/** Whoever can be let in to watch: who has signed in, who holds a join link, or who was given a link to it. */
export type Viewer =
  | ({ readonly kind: "account" } & SignedIn)
  | { readonly kind: "link"; readonly holder: LinkHolder }
  | ({ readonly kind: "guest" } & Guest);

/** The recording that is asked for, and where it belongs. */
interface Watched {
  readonly recording: Recording;
  readonly session: Session;
}

/**
 * Whether somebody may watch a recording: administrators and auditors; instructors and facilitators of its programme, by
 * account or by a link to any of its sessions; participants by their own link to its session; guests by a link to the
 * recording itself. Everything about a recording that goes out to viewers is asked here, each time.
 */
export async function recordingAccess(
  store: Pick<Store, "staff">,
  viewer: Viewer,
  { session, recording }: Watched,
): Promise<boolean> {
  if (viewer.kind === "guest") return viewer.share.recordingId === recording.recordingId;
  if (viewer.kind === "link") {
    const { person, session: own } = viewer.holder;
    return person.role === "participant" ? own.id === session.id : own.programmeId === session.programmeId;
  }
  const access = accountAccessFrom(viewer.account, viewer.signIn.via);
  if (access === "admin" || access === "auditor") return true;
  if (access === "unready-admin") return false;
  const known = await store.staff.listByEmail(viewer.account.email);
  return known.some(({ programmeId }) => programmeId === session.programmeId);
}

type ViewerParts = { readonly store: Store } & Pick<
  Auth,
  "personFromLink" | "signedInFromCookie" | "guestsIn"
>;

/** The id of the sign-in or of the link that a viewer came with. */
export function credentialOf(viewer: Viewer): string {
  if (viewer.kind === "guest") return viewer.share.id;
  return viewer.kind === "account" ? viewer.signIn.id : viewer.holder.link.id;
}

/**
 * Whom a request's cookies stand for who may watch this recording; where nobody may, the first of them. Refuses
 * `unauthenticated` where they stand for nobody, and `not-found`.
 */
export async function recordingViewer(
  parts: ViewerParts,
  cookieHeader: string | undefined,
  recordingId: RecordingId,
): Promise<Result<{ readonly viewer: Viewer; readonly isAllowed: boolean }>> {
  const { store } = parts;
  const viewers = await viewersIn(parts, cookieHeader);
  const first = viewers[0];
  if (!first) return refuse("unauthenticated");
  const watched = await watchedFrom(store, recordingId);
  if (!watched.ok) return watched;
  for (const viewer of viewers) {
    if (await recordingAccess(store, viewer, watched.data)) return accept({ viewer, isAllowed: true });
  }
  return accept({ viewer: first, isAllowed: false });
}

export async function watchedFrom(store: Store, recordingId: RecordingId): Promise<Result<Watched>> {
  const recording = await store.recordings.find(recordingId);
  const session = recording && (await store.sessions.find(recording.sessionId));
  if (!session) return refuse("not-found", "there is no such recording");
  return recording.deletion ? refuse("recording-deleted") : accept({ recording, session });
}

async function viewersIn(auth: ViewerParts, cookieHeader: string | undefined): Promise<readonly Viewer[]> {
  const viewers: Viewer[] = [];
  const signedIn = await auth.signedInFromCookie(cookieHeader);
  if (signedIn) viewers.push({ kind: "account", ...signedIn });
  for (const name of Object.keys(parseCookie(cookieHeader ?? ""))) {
    const linkId = linkIdSchema.safeParse(name.replace(/^balai_/, ""));
    if (!linkId.success) continue;
    const holder = await auth.personFromLink(cookieHeader, linkId.data);
    if (holder.ok) viewers.push({ kind: "link", holder: holder.data });
  }
  for (const guest of await auth.guestsIn(cookieHeader)) viewers.push({ kind: "guest", ...guest });
  return viewers;
}
