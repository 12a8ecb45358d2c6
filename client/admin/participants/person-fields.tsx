import type { Signal } from "@preact/signals";
import { t } from "../admin-words.ts";
import { TextField } from "../form/field.tsx";
import type { PersonDraft } from "./person-draft.ts";

interface PersonFieldsProps {
  readonly draft: Signal<PersonDraft>;
  readonly errors: ReadonlyMap<string, string>;
  readonly numberHint: string;
}

/** Everything that a roster says of somebody. */
export function PersonFields({ draft, errors, numberHint }: PersonFieldsProps) {
  const field = (name: keyof PersonDraft) => ({
    value: draft.value[name],
    error: errors.get(name),
    onValue: (value: string) => {
      draft.value = { ...draft.value, [name]: value };
    },
  });
  return (
    <>
      <TextField label={t("addParticipant.number")} hint={numberHint} {...field("externalId")} />
      <TextField label={t("participants.name")} hint={t("addParticipant.name.hint")} {...field("name")} />
      <div class="form form-grid">
        <TextField label={t("participants.institution")} isOptional {...field("institution")} />
        <TextField label={t("participants.group")} isOptional {...field("group")} />
        <TextField label={t("participants.email")} type="email" isOptional {...field("email")} />
        <TextField label={t("participants.birthDate")} type="date" isOptional {...field("birthDate")} />
        <TextField
          label={t("participants.education")}
          hint={t("person.education.hint")}
          isOptional
          {...field("education")}
        />
        <TextField
          label={t("participants.assignmentLetter")}
          hint={t("person.letter.hint")}
          isOptional
          {...field("assignmentLetter")}
        />
      </div>
    </>
  );
}
