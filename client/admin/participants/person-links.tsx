import type { SessionJson } from "../../../server/protocol/api-records.ts";
import { formatShortDate } from "../../i18n/format.ts";
import { adminApi, type Link } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { allOf, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { Loaded } from "../shell/loaded.tsx";

/** Every personal link that somebody ever had, the newest first. */
export function PersonLinks({ code, enrolmentId }: { code: string; enrolmentId: string }) {
  const resource = useResource(enrolmentId, async () =>
    allOf<[{ readonly items: readonly Link[] }, readonly SessionJson[]]>(
      await Promise.all([adminApi.linksOfEnrolment(enrolmentId), adminApi.sessions(code)]),
    ),
  );
  return (
    <section class="person-links" aria-labelledby="person-links-title">
      <h3 id="person-links-title">{t("person.links")}</h3>
      <Loaded of={resource}>
        {([{ items }, sessions]) =>
          items.length === 0 ? (
            <p class="soft">{t("person.links.none")}</p>
          ) : (
            <ul class="link-list">
              {items.toReversed().map((link) => (
                <LinkLine
                  key={link.id}
                  link={link}
                  session={sessions.find(({ id }) => id === link.sessionId)}
                  now={resource.loadedAt ?? link.createdAt}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function LinkLine({ link, session, now }: { link: Link; session?: SessionJson; now: number }) {
  const zone = session?.timeZone ?? "Asia/Jakarta";
  return (
    <li>
      <AdminLink href={adminPath.session(link.sessionId)}>{session?.title ?? link.sessionId}</AdminLink>
      <span class="soft small figures">
        {t("person.links.made", { date: formatShortDate(link.createdAt, zone) })} · {stateOf(link, now, zone)}
      </span>
    </li>
  );
}

function stateOf({ revokedAt, expiresAt }: Link, now: number, zone: string): string {
  if (revokedAt !== null) return t("person.links.revoked", { date: formatShortDate(revokedAt, zone) });
  const date = formatShortDate(expiresAt, zone);
  return t(expiresAt > now ? "person.links.active" : "person.links.expired", { date });
}
