import { signal } from "@preact/signals";
import { errorText } from "../../i18n/t.ts";
import { adminApi, type LinksCreated } from "../admin-api.ts";
import type { Invitee } from "./link-rows.ts";

/** A link whose address is known here, because it was made here. */
export interface MadeLink {
  readonly linkId: string;
  readonly url: string;
}

/**
 * Links made since the page was opened, by session and person. The server keeps no address, so this is the
 * only place that has them, and it outlives going to another page.
 */
export const madeLinks = signal<ReadonlyMap<string, ReadonlyMap<string, MadeLink>>>(new Map());
/** Whether addresses were made that nobody has copied or downloaded yet. */
export const isUnsaved = signal(false);

const NONE: ReadonlyMap<string, MadeLink> = new Map();

export const madeLinksOf = (sessionId: string): ReadonlyMap<string, MadeLink> =>
  madeLinks.value.get(sessionId) ?? NONE;

function keep(sessionId: string, made: ReadonlyMap<string, MadeLink>): void {
  const others = madeLinks.peek().get(sessionId) ?? NONE;
  madeLinks.value = new Map(madeLinks.peek()).set(sessionId, new Map([...others, ...made]));
  if (made.size > 0) isUnsaved.value = true;
}

/** Links were withdrawn: their addresses are of no more use. */
export function forgetLinks(sessionId: string, personIds: readonly string[]): void {
  const others = new Map(madeLinks.peek().get(sessionId) ?? NONE);
  for (const personId of personIds) others.delete(personId);
  madeLinks.value = new Map(madeLinks.peek()).set(sessionId, others);
}

export interface LinkMaking {
  readonly made: number;
  readonly failed: number;
  /** Why the last one failed. */
  readonly reason: string | null;
}

/** So many at once that a thousand take a few steps, so few that each answers in a moment. */
const STEP = 200;

/** Makes a link for each person, many by one request; `isStopped` ends it between two. Never throws. */
export async function makeLinks(
  sessionId: string,
  people: readonly Invitee[],
  onProgress: (done: number) => void,
  isStopped: () => boolean,
): Promise<LinkMaking> {
  let [made, failed] = [0, 0];
  for (let from = 0; from < people.length && !isStopped(); from += STEP) {
    const some = people.slice(from, from + STEP);
    const answer = await adminApi.createLinks(sessionId, {
      enrolmentIds: some.flatMap(({ whose }) => ("enrolmentId" in whose ? whose.enrolmentId : [])),
      staffIds: some.flatMap(({ whose }) => ("staffId" in whose ? whose.staffId : [])),
    });
    if (!answer.ok) return { made, failed: failed + people.length - from, reason: errorText(answer.code) };
    keep(sessionId, addressesIn(answer.data));
    made += answer.data.created;
    failed += answer.data.refused;
    onProgress(from + some.length);
  }
  return { made, failed, reason: null };
}

function addressesIn({ items }: LinksCreated): ReadonlyMap<string, MadeLink> {
  return new Map(
    items.flatMap((item) => {
      if (item.outcome === "refused") return [];
      const { id, enrolmentId, staffId, url } = item.link;
      return [[enrolmentId ?? staffId ?? "", { linkId: id, url }] as const];
    }),
  );
}
