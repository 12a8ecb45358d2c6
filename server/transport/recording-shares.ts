import { parseCookie } from "cookie";
import { decideOpenShare } from "../domain/recording-retention.ts";
import type { Clock, NewId, Recording, RecordingLink, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { recordingLinkIdSchema } from "../protocol/ids.ts";
import type { SetCookie } from "./sign-ins.ts";
import { newToken, signedIdFrom, signedValueFrom, tokenHashOf } from "./token.ts";

/** Whoever came by a link to one recording: nobody that Balai knows. */
export interface Guest {
  readonly share: RecordingLink;
  readonly recording: Recording;
  readonly session: Session;
}

export interface RecordingShares {
  /** Makes a link; the answer's `url` is the only place where its token ever stands. */
  createShare(
    recording: Recording,
    how: { readonly label: string; readonly expiresAt: number; readonly by: string },
  ): Promise<{ readonly share: RecordingLink; readonly url: string }>;
  /** Refuses `link-unknown`, `link-revoked`, `link-expired`, `recording-deleted`. `cookie` is a Set-Cookie header. */
  exchangeShareToken(token: string): Promise<Result<Guest & { readonly cookie: string }>>;
  /** The links that a browser holds and that count now. */
  guestsIn(cookieHeader: string | undefined): Promise<readonly Guest[]>;
}

interface ShareParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly secret: string;
  readonly baseUrl: string;
  readonly setCookie: SetCookie;
}

/** RO8: links to single recordings, with an end date. */
export function createRecordingShares(parts: ShareParts): RecordingShares {
  const { store, clock, newId, secret, baseUrl, setCookie } = parts;

  async function guestOf(share: RecordingLink | null): Promise<Result<Guest>> {
    const recording = share && (await store.recordings.find(share.recordingId));
    const session = recording && (await store.sessions.find(recording.sessionId));
    if (!share || !recording || !session) return refuse("link-unknown");
    const may = decideOpenShare(share, recording, clock.now());
    return may.ok ? accept({ share, recording, session }) : may;
  }

  return {
    async createShare({ recordingId }, { label, expiresAt, by }) {
      const token = newToken();
      const made = { id: newId("rlk"), recordingId, label, expiresAt, createdAt: clock.now(), createdBy: by };
      await store.recordingLinks.create(made, tokenHashOf(token));
      const share = { ...made, revokedAt: null, viewCount: 0, lastViewedAt: null };
      return { share, url: `${baseUrl}/shared#${token}` };
    },
    async exchangeShareToken(token) {
      const found = await guestOf(await store.recordingLinks.findByTokenHash(tokenHashOf(token)));
      if (!found.ok) return found;
      const { id, expiresAt } = found.data.share;
      const value = signedValueFrom(secret, "recording-link", { id, expiresAt });
      return accept({ ...found.data, cookie: setCookie(`balai_${id}`, value, expiresAt - clock.now()) });
    },
    async guestsIn(cookieHeader) {
      const guests: Guest[] = [];
      for (const [name, value] of Object.entries(parseCookie(cookieHeader ?? ""))) {
        const id = recordingLinkIdSchema.safeParse(name.replace(/^balai_/, ""));
        if (!id.success) continue;
        if (signedIdFrom(secret, "recording-link", value ?? "")?.id !== id.data) continue;
        const guest = await guestOf(await store.recordingLinks.find(id.data));
        if (guest.ok) guests.push(guest.data);
      }
      return guests;
    },
  };
}
