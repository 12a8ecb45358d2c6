import { signal } from "@preact/signals";
import { errorText } from "../../i18n/t.ts";
import { adminApi } from "../admin-api.ts";
import { inTurns } from "../in-turns.ts";
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

/** A link was withdrawn: its address is of no more use. */
export function forgetLink(sessionId: string, personId: string): void {
  const others = new Map(madeLinks.peek().get(sessionId) ?? NONE);
  others.delete(personId);
  madeLinks.value = new Map(madeLinks.peek()).set(sessionId, others);
}

export interface LinkMaking {
  readonly made: number;
  readonly failed: number;
  /** Why the last one failed. */
  readonly reason: string | null;
}

/** Makes a link for each person, a few at once; `isStopped` ends it early. Never throws. */
export async function makeLinks(
  sessionId: string,
  people: readonly Invitee[],
  onProgress: (done: number) => void,
  isStopped: () => boolean,
): Promise<LinkMaking> {
  const made = new Map<string, MadeLink>();
  let failed = 0;
  let reason: string | null = null;
  let done = 0;
  const make = async (person: Invitee) =>
    isStopped() ? null : { person, answer: await adminApi.createLink(sessionId, person.whose) };
  for await (const result of inTurns(people, make)) {
    onProgress(++done);
    if (!result) continue;
    const { person, answer } = result;
    if (answer.ok) made.set(person.id, { linkId: answer.data.id, url: answer.data.url });
    else {
      failed++;
      reason = errorText(answer.code);
    }
  }
  keep(sessionId, made);
  return { made: made.size, failed, reason };
}
