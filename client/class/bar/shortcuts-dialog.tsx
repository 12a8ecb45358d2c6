import { t } from "../../i18n/t.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useClassroom } from "../classroom-context.ts";

export function ShortcutsDialog() {
  const { screen, isStaff } = useClassroom();
  const rows: [keys: string, does: string][] = [
    ["Alt + A", `${t("bar.unmute")} / ${t("bar.mute")}`],
    [t("shortcuts.space"), t("shortcuts.talk")],
    ["Alt + V", `${t("bar.startVideo")} / ${t("bar.stopVideo")}`],
    ["Alt + S", `${t("bar.share")} / ${t("bar.stopShare")}`],
    ["Alt + Y", `${t("bar.raise")} / ${t("bar.lower")}`],
    ["Alt + H", t("bar.chat")],
    ["Alt + U", t("bar.people")],
  ];
  if (isStaff.value) rows.push(["← →  PageUp PageDown", t("shortcuts.pages")]);
  return (
    <Dialog
      title={t("more.shortcuts")}
      onClose={() => {
        screen.dialog.value = null;
      }}
    >
      <dl class="shortcuts">
        {rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
