import { MicOff } from "lucide";
import { useState } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { attendeesMatching } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { PersonRow } from "./person-row.tsx";

const SEARCH_FROM = 8;

/** Everybody present; staff see all rooms, participants their own. */
export function PeopleList() {
  const { attendees, here, isStaff, act } = useClassroom();
  const [wanted, setWanted] = useState("");
  const everybody = isStaff.value ? attendees.value : here.value;
  const shown = attendeesMatching(everybody, wanted);
  const muteAll = async () => {
    if (await act("media.silence-all", {})) showToast({ text: t("people.mutedAll"), tone: "good" });
  };
  return (
    <section class="panel-section" aria-label={t("people.title")}>
      <div class="panel-section-head">
        <h2 class="figures">{t("people.count", { count: everybody.length })}</h2>
        {isStaff.value && everybody.length > 1 && (
          <Button tone="quiet" icon={MicOff} onClick={() => void muteAll()}>
            {t("people.muteAll")}
          </Button>
        )}
      </div>
      {everybody.length >= SEARCH_FROM && (
        <input
          class="input"
          type="search"
          value={wanted}
          placeholder={t("people.search")}
          aria-label={t("people.search")}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((attendee) => (
          <PersonRow key={attendee.person.personId} attendee={attendee} />
        ))}
      </ul>
      {shown.length === 0 && <p class="panel-empty">{t("people.none")}</p>}
    </section>
  );
}
