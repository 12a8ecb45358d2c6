import "./person-dialog.css";
import { useSignal } from "@preact/signals";
import { Download, Pencil, Trash2, UserMinus } from "lucide";
import { formatDate } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi, canChange, type Enrolment } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { EditPersonDialog } from "./edit-person-dialog.tsx";
import { ErasePersonDialog } from "./erase-person-dialog.tsx";
import { PersonLinks } from "./person-links.tsx";
import { RemovePersonDialog } from "./remove-person-dialog.tsx";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Shown = "facts" | "edit" | "remove" | "erase";

interface PersonDialogProps {
  readonly code: string;
  readonly person: Enrolment;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

/** What is known of one person, and everything that can be done about it. */
export function PersonDialog({ code, person, onClose, onChanged }: PersonDialogProps) {
  const shown = useSignal<Shown>("facts");
  const show = (which: Shown) => () => {
    shown.value = which;
  };
  const mayChange = person.erasedAt === null && canChange.value;
  if (shown.value === "edit") {
    return <EditPersonDialog person={person} onClose={show("facts")} onSaved={onChanged} />;
  }
  if (shown.value === "erase") {
    return <ErasePersonDialog person={person} onClose={onClose} onErased={onChanged} />;
  }
  if (shown.value === "remove") {
    return (
      <RemovePersonDialog person={person} onClose={onClose} onRemoved={onChanged} onErase={show("erase")} />
    );
  }
  return (
    <Dialog
      title={person.name}
      isWide
      onClose={onClose}
      foot={
        mayChange && (
          <>
            <Button tone="quiet" icon={Trash2} onClick={show("erase")}>
              {t("person.erase")}
            </Button>
            <Button tone="quiet" icon={UserMinus} onClick={show("remove")}>
              {t("person.remove")}
            </Button>
            <Button tone="primary" icon={Pencil} onClick={show("edit")}>
              {t("person.edit")}
            </Button>
          </>
        )
      }
    >
      {person.erasedAt !== null && (
        <Notice tone="trouble">{t("person.erased", { date: formatDate(person.erasedAt, localZone) })}</Notice>
      )}
      <PersonFacts person={person} />
      <PersonLinks code={code} enrolmentId={person.id} />
      <section class="person-data">
        <p class="soft small">{t("person.download.hint")}</p>
        <a class="button" href={adminApi.personDataFile(person.id)} download={`data-${person.id}.json`}>
          <Icon of={Download} />
          {t("person.download")}
        </a>
      </section>
    </Dialog>
  );
}

function PersonFacts({ person }: { person: Enrolment }) {
  const facts: readonly (readonly [string, string | null])[] = [
    [t("participants.number"), person.erasedAt === null ? person.externalId : null],
    [t("participants.institution"), person.institution],
    [t("participants.group"), person.group],
    [t("participants.email"), person.email],
    [t("person.birthDate"), person.birthDate === null ? null : formatBirthDate(person.birthDate)],
    [t("person.education"), person.education],
    [t("person.letter"), person.assignmentLetter],
  ];
  return (
    <dl class="person-facts person-facts-wide">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt class="soft small">{name}</dt>
          <dd>{value ?? t("admin.none")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A day of the calendar is the same everywhere. */
function formatBirthDate(date: string): string {
  return formatDate(Date.parse(date), "UTC").replace(/^.*?, /, "");
}
