import {
  ClipboardCheck,
  Disc,
  Ellipsis,
  FileText,
  Gauge,
  Keyboard,
  Languages,
  Maximize,
  Minimize,
  NotebookPen,
  Settings,
  Split,
} from "lucide";
import { useEffect, useState } from "preact/hooks";
import { changeLanguage, language } from "../../i18n/language.ts";
import { t } from "../../i18n/t.ts";
import { rollCallText } from "../../roll-call/roll-call-words.ts";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useClassroom } from "../classroom-context.ts";
import { canRecord } from "../recording/can-record.ts";
import type { ClassDialog } from "../screen.ts";
import { BarButton } from "./bar-button.tsx";

/** What is wanted seldom; on narrow screens also what staff find in the bar elsewhere. */
export function MoreMenu({ hasStaffItems }: { hasStaffItems: boolean }) {
  const { screen, linkId, isStaff, view } = useClassroom();
  const show = (dialog: ClassDialog) => () => {
    screen.dialog.value = dialog;
  };
  const isSaving = screen.isSavingData.value;
  const toggleSaving = () => {
    screen.isSavingData.value = !isSaving;
    if (!isSaving) showToast({ text: t("more.dataSaver.on") });
  };
  return (
    <Menu
      label={t("bar.more")}
      button={(attributes) => <BarButton icon={Ellipsis} label={t("bar.more")} {...attributes} />}
    >
      {hasStaffItems && (
        <>
          <MenuItem icon={FileText} onClick={show("slides")}>
            {t("bar.slides")}
          </MenuItem>
          <MenuItem icon={Split} onClick={show("breakouts")}>
            {t("bar.breakouts")}
          </MenuItem>
          {canRecord(view.value) && (
            <MenuItem icon={Disc} onClick={show("recording")}>
              {t(view.value.recording ? "recording.button.running" : "recording.button")}
            </MenuItem>
          )}
          <div class="menu-line" />
        </>
      )}
      {isStaff.value && (
        <>
          <MenuItem icon={NotebookPen} onClick={() => openBeside(`/class/${linkId}/cases`)}>
            {t("cases.prepare")}
          </MenuItem>
          <MenuItem icon={ClipboardCheck} onClick={() => openBeside(`/class/${linkId}/roll-call`)}>
            {rollCallText("title")}
          </MenuItem>
        </>
      )}
      <MenuItem icon={Languages} onClick={() => changeLanguage(language.value === "id" ? "en" : "id")}>
        {t("more.language", { language: t("language.name") })}
      </MenuItem>
      <MenuItem icon={Settings} onClick={show("devices")}>
        {t("more.devices")}
      </MenuItem>
      <MenuItem
        icon={Gauge}
        onClick={toggleSaving}
        state={{ isOn: isSaving, text: t(isSaving ? "on" : "off") }}
      >
        {t("more.dataSaver")}
      </MenuItem>
      <FullScreenItem />
      <MenuItem icon={Keyboard} onClick={show("shortcuts")}>
        {t("more.shortcuts")}
      </MenuItem>
    </Menu>
  );
}

/** In a tab of its own: the class goes on in this one. */
function openBeside(path: string): void {
  open(path, "_blank", "noopener");
}

function FullScreenItem() {
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const update = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", update);
    return () => document.removeEventListener("fullscreenchange", update);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = () =>
    void (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return (
    <MenuItem icon={isFull ? Minimize : Maximize} onClick={toggle}>
      {t(isFull ? "more.leaveFullScreen" : "more.fullScreen")}
    </MenuItem>
  );
}
