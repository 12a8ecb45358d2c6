import { UserCheck, UserPlus, X } from "lucide";
import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import { t } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";
import { nameOf } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { shortNameFrom } from "../tiles/initials.ts";

/** The roles of the case: taken and given back by a click. */
export function RoleChips({ breakouts, roomId }: { breakouts: BreakoutsView; roomId: BreakoutRoomId }) {
  const roles = breakouts.case?.roles ?? [];
  if (roles.length === 0) return null;
  return (
    <ul class="role-chips" aria-label={t("rooms.roles")}>
      {roles.map((role) => (
        <li key={role.code}>
          <RoleChip role={role} breakouts={breakouts} roomId={roomId} />
        </li>
      ))}
    </ul>
  );
}

interface RoleChipProps {
  role: { readonly code: string; readonly title: string };
  breakouts: BreakoutsView;
  roomId: BreakoutRoomId;
}

function RoleChip({ role: { code, title: role }, breakouts, roomId }: RoleChipProps) {
  const { view, act, isStaff, attendees } = useClassroom();
  const holder = breakouts.roles[roomId]?.[code];
  const isMember = breakouts.assignment[view.value.you.personId] === roomId;
  const isThere = attendees.value.some(({ person }) => person.personId === holder);
  if (holder === view.value.you.personId) {
    return (
      <button
        type="button"
        class="role-chip role-chip-own"
        aria-pressed="true"
        title={t("rooms.role.give", { role })}
        onClick={() => void act("role.leave", { role: code })}
      >
        <Icon of={UserCheck} />
        {t("rooms.role.yours", { role })}
      </button>
    );
  }
  if (holder && (isThere || !isMember)) {
    const name = shortNameFrom(nameOf(view.value, holder));
    return (
      <span class="role-chip">
        <Icon of={UserCheck} />
        {t("rooms.role.of", { role, name })}
        {isStaff.value && (
          <button
            type="button"
            class="role-chip-free"
            aria-label={t("rooms.role.freeIt", { role })}
            title={t("rooms.role.freeIt", { role })}
            onClick={() => void act("role.leave", { role: code })}
          >
            <Icon of={X} />
          </button>
        )}
      </span>
    );
  }
  if (!isMember) return <span class="role-chip soft">{t("rooms.role.free", { role })}</span>;
  return (
    <button
      type="button"
      class="role-chip"
      aria-pressed="false"
      title={t("rooms.role.take", { role })}
      onClick={() => void act("role.take", { role: code })}
    >
      <Icon of={UserPlus} />
      {t("rooms.role.free", { role })}
    </button>
  );
}
