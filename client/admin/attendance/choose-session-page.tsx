import { CalendarPlus } from "lucide";
import { useEffect } from "preact/hooks";
import type { SessionJson } from "../../../server/protocol/api-records.ts";
import { Icon } from "../../ui/icon.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { currentProgramme, currentSessionIn } from "../current-choice.ts";
import { useResource } from "../resource.ts";
import { likeliestSession } from "../sessions/session-order.ts";
import { AdminLink, goTo } from "../shell/admin-link.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";

/** The rail's way to attendance: to the session looked at last, else to the likeliest one. */
export function ChooseSessionPage() {
  const programme = currentProgramme.value;
  if (!programme) return <NoSession href={adminPath.newProgramme()} text={t("programmes.new")} />;
  return <Chosen key={programme.id} code={programme.code} programmeId={programme.id} />;
}

function Chosen({ code, programmeId }: { code: string; programmeId: string }) {
  const sessions = useResource(code, () => adminApi.sessions(code));
  return (
    <Loaded of={sessions} title={t("attendance.title")}>
      {(items) => {
        const last = currentSessionIn(programmeId);
        const chosen: SessionJson | null =
          items.find((session) => session.id === last) ?? likeliestSession(items, Date.now());
        if (chosen) return <GoTo href={adminPath.attendance(chosen.id)} />;
        return <NoSession href={adminPath.newSession(code)} text={t("sessions.new")} />;
      }}
    </Loaded>
  );
}

function GoTo({ href }: { href: string }) {
  useEffect(() => goTo(href, { replace: true }), [href]);
  return null;
}

function NoSession({ href, text }: { href: string; text: string }) {
  return (
    <>
      <PageHead title={t("attendance.title")} />
      <EmptyState
        title={t("attendance.choose.empty.title")}
        action={
          <AdminLink class="button button-primary" href={href}>
            <Icon of={CalendarPlus} />
            {text}
          </AdminLink>
        }
      >
        {t("attendance.choose.empty.text")}
      </EmptyState>
    </>
  );
}
