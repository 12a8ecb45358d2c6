import type { ProgrammeJson, SessionDetail } from "../../../server/protocol/api-records.ts";
import type { Answer } from "../../http/request-json.ts";
import { adminApi, type Enrolment } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { allOf, useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentSession } from "../use-current.ts";
import { SessionForm } from "./session-form.tsx";

type Parts = [SessionDetail, ProgrammeJson, readonly Enrolment[]];

export function EditSessionPage({ id }: { id: string }) {
  const resource = useResource(id, () => partsOf(id));
  const session = resource.data?.[0];
  useCurrentSession(session ?? null);
  return (
    <>
      <PageHead
        title={t("editSession.title")}
        above={
          session
            ? [
                { title: session.programme.title, href: adminPath.programme(session.programme.code) },
                { title: session.title, href: adminPath.session(id) },
              ]
            : []
        }
      />
      <Loaded of={resource}>
        {([known, programme, roster]) => (
          <SessionForm
            session={known}
            programme={programme}
            groups={roster.flatMap(({ group }) => group ?? [])}
          />
        )}
      </Loaded>
    </>
  );
}

async function partsOf(id: string): Promise<Answer<Parts>> {
  const session = await adminApi.session(id);
  if (!session.ok) return session;
  const { code } = session.data.programme;
  return allOf<Parts>([
    session,
    ...(await Promise.all([adminApi.programme(code), adminApi.enrolments(code)])),
  ]);
}
