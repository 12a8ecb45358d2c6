import type { Signal } from "@preact/signals";
import { CalendarPlus, Upload, UserPlus } from "lucide";
import type { ComponentChildren } from "preact";
import type { SessionJson } from "../../../server/protocol/api-records.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Enrolment, Staff } from "../admin-api.ts";
import { canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { AdminLink } from "../shell/admin-link.tsx";

/** What a new programme still lacks, the first of it. */
export function NextStep(props: {
  code: string;
  staff: readonly Staff[];
  roster: readonly Enrolment[];
  sessions: readonly SessionJson[];
  isAddingStaff: Signal<boolean>;
}) {
  const { code, staff, roster, sessions, isAddingStaff } = props;
  if (!canChange.value) return null;
  if (roster.length === 0) {
    return (
      <Step
        title={t("programme.next.participants.title")}
        text={t("programme.next.participants.text")}
        action={
          <AdminLink class="button button-primary" href={adminPath.participants(code)}>
            <Icon of={Upload} />
            {t("programme.roster.open")}
          </AdminLink>
        }
      />
    );
  }
  if (staff.length === 0) {
    const add = (
      <Button
        tone="primary"
        icon={UserPlus}
        onClick={() => {
          isAddingStaff.value = true;
        }}
      >
        {t("programme.staff.add")}
      </Button>
    );
    return (
      <Step title={t("programme.next.staff.title")} text={t("programme.next.staff.text")} action={add} />
    );
  }
  if (sessions.length > 0) return null;
  return (
    <Step
      title={t("programme.next.session.title")}
      text={t("programme.next.session.text")}
      action={
        <AdminLink class="button button-primary" href={adminPath.newSession(code)}>
          <Icon of={CalendarPlus} />
          {t("sessions.new")}
        </AdminLink>
      }
    />
  );
}

function Step(props: { title: string; text: string; action?: ComponentChildren }) {
  return (
    <section class="card next-step">
      <div>
        <h2 class="panel-title">{props.title}</h2>
        <p class="soft">{props.text}</p>
      </div>
      {props.action}
    </section>
  );
}
