import type { ClassHomeJson, JoinView } from "../../server/protocol/api.ts";
import { fetchJoinView } from "../http/join-api.ts";
import { type Answer, requestJson } from "../http/request-json.ts";

const ANSWER_WITHIN_MS = 4_000;
/** A ticket counts for an hour; one that is renewed in time outlives the page's own server. */
const RENEW_EVERY_MS = 20 * 60_000;

export interface HomeFinder {
  /** The address of the node that runs the class, the ticket that opens it, and the node that said so. */
  find(): Promise<Answer<Pick<ClassHomeJson, "url" | "ticket"> & { readonly base: string }>>;
  close(): void;
}

/**
 * Finds the node that runs a class: by this page's own server, and where that is gone by any other node. `reload` is
 * called for a node that is younger than this page, which may not speak with it (Content-Security-Policy).
 */
export function createHomeFinder(
  known: NonNullable<JoinView["cluster"]>,
  page: {
    readonly linkId: string;
    readonly ownOrigin: string;
    reload(): void;
  },
): HomeFinder {
  const { linkId, ownOrigin, reload } = page;
  const allowed = new Set([ownOrigin, ...known.nodes]);
  let { ticket } = known;
  let bases: readonly string[] = [...allowed];

  async function find(): ReturnType<HomeFinder["find"]> {
    for (const base of bases) {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const body = { ticket };
      const answer = await requestJson<ClassHomeJson>(`${base}/api/v1/home`, {
        method: "POST",
        body,
        signal,
      });
      if (answer.ok) {
        ({ ticket } = answer.data);
        const others = [...allowed, ...answer.data.nodes.filter((url) => allowed.has(url))];
        bases = [...new Set([base, ...others])];
        if (!allowed.has(answer.data.url) && base === ownOrigin) reload();
        return { ok: true, data: { ...answer.data, base } };
      }
      const isOld = answer.code === "unauthenticated" && (await renewByCookie());
      if (!isOld && !isOfThisNode(answer.code)) return answer;
    }
    return { ok: false, code: "unavailable" };
  }

  /** After a long sleep the ticket is too old; the link's cookie is not. */
  async function renewByCookie(): Promise<boolean> {
    const view = await fetchJoinView(linkId);
    if (!view.ok || !view.data.cluster) return false;
    ({ ticket } = view.data.cluster);
    return true;
  }

  const timer = setInterval(() => void find(), RENEW_EVERY_MS);
  return { find, close: () => clearInterval(timer) };
}

/** Another node may know better. */
function isOfThisNode(code: string): boolean {
  return code === "offline" || code === "unavailable" || code === "internal" || code === "class-elsewhere";
}
