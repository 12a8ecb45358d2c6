import { type Signal, useSignal } from "@preact/signals";
import { Pencil, UserPlus } from "lucide";
import { Button, IconButton } from "../../ui/button.tsx";
import type { Staff } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { ForAdmins } from "../shell/for-admins.tsx";
import { StaffDialog } from "./staff-dialog.tsx";

interface StaffPanelProps {
  readonly code: string;
  readonly staff: readonly Staff[];
  /** Whether the dialog is open: the page's next step opens it too. */
  readonly isAdding: Signal<boolean>;
  readonly onChanged: () => Promise<void>;
}

/** Who teaches in a programme: adding, changing and removing them. */
export function StaffPanel({ code, staff, isAdding, onChanged }: StaffPanelProps) {
  const changing = useSignal<Staff | null>(null);
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("programme.staff")}</h2>
      {staff.length === 0 && <p class="soft">{t("programme.staff.none")}</p>}
      <ul class="link-list staff-list">
        {staff.map((member) => (
          <li key={member.id}>
            <div>
              <span>
                {member.name} <span class="badge">{t(`role.${member.role}`)}</span>
              </span>
              <span class="soft small">{member.email}</span>
            </div>
            <ForAdmins>
              <IconButton
                icon={Pencil}
                label={t("staff.edit.for", { name: member.name })}
                onClick={() => {
                  changing.value = member;
                }}
              />
            </ForAdmins>
          </li>
        ))}
      </ul>
      <ForAdmins>
        <div class="panel-foot">
          <Button
            icon={UserPlus}
            onClick={() => {
              isAdding.value = true;
            }}
          >
            {t("programme.staff.add")}
          </Button>
        </div>
      </ForAdmins>
      {(isAdding.value || changing.value) && (
        <StaffDialog
          key={changing.value?.id}
          code={code}
          member={changing.value}
          onClose={() => {
            isAdding.value = false;
            changing.value = null;
          }}
          onChanged={onChanged}
        />
      )}
    </section>
  );
}
