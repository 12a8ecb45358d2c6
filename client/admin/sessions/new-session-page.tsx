import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import { adminApi, type Enrolment } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { allOf, useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { SessionForm } from "./session-form.tsx";

export function NewSessionPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(code, async () =>
    allOf<[ProgrammeJson, readonly Enrolment[]]>(
      await Promise.all([adminApi.programme(code), adminApi.enrolments(code)]),
    ),
  );
  return (
    <>
      <PageHead
        title={t("newSession.title")}
        above={[
          ...(resource.data ? [{ title: resource.data[0].title, href: adminPath.programme(code) }] : []),
          { title: t("sessions.title"), href: adminPath.sessions(code) },
        ]}
      />
      <Loaded of={resource}>
        {([programme, roster]) => (
          <SessionForm
            programme={programme}
            groups={[...new Set(roster.flatMap(({ group }) => group ?? []))].sort()}
          />
        )}
      </Loaded>
    </>
  );
}
