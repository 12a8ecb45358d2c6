import { Disc, FileText, MessageSquare, MonitorUp, MonitorX, Split, Users } from "lucide";
import { t } from "../../i18n/t.ts";
import { useClassroom } from "../classroom-context.ts";
import { canRecord } from "../recording/can-record.ts";
import type { PanelTab } from "../screen.ts";
import { BarButton } from "./bar-button.tsx";
import { HandButton } from "./hand-button.tsx";
import { LeaveButton } from "./leave-button.tsx";
import { CameraButton, MicrophoneButton } from "./media-buttons.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { canShare, toggleShare } from "./own-media.ts";
import { useShortcuts } from "./shortcuts.ts";

/** The bar at the bottom, in the order people know from Zoom. */
export function ClassBar() {
  const classroom = useClassroom();
  const { screen, isStaff, view } = classroom;
  const isTalking = useShortcuts(classroom);
  const hasRoom = screen.viewportWidth.value >= 1024;
  return (
    <nav class="class-bar" aria-label={t("bar.label")}>
      {isTalking && <span class="bar-hint">{t("bar.talking")}</span>}
      <MicrophoneButton />
      <CameraButton />
      <div class="class-bar-middle">
        <PeopleButton />
        <ChatButton />
        {canShare() && <ShareButton />}
        <HandButton />
        {isStaff.value && hasRoom && (
          <>
            <BarButton
              icon={FileText}
              label={t("bar.slides")}
              aria-haspopup="dialog"
              onClick={() => {
                screen.dialog.value = "slides";
              }}
            />
            <BarButton
              icon={Split}
              label={t("bar.breakouts")}
              aria-haspopup="dialog"
              onClick={() => {
                screen.dialog.value = "breakouts";
              }}
            />
            {canRecord(view.value) && (
              <BarButton
                icon={Disc}
                label={t(view.value.recording ? "recording.button.running" : "recording.button")}
                look={view.value.recording ? "off" : "plain"}
                aria-haspopup="dialog"
                onClick={() => {
                  screen.dialog.value = "recording";
                }}
              />
            )}
          </>
        )}
        <MoreMenu hasStaffItems={isStaff.value && !hasRoom} />
      </div>
      <div class="class-bar-end">
        <LeaveButton />
      </div>
    </nav>
  );
}

function PeopleButton() {
  const { here, hands, isStaff } = useClassroom();
  const count = here.value.length;
  const waiting = isStaff.value ? hands.value.length : 0;
  const name = t("bar.people.count", { count });
  return (
    <PanelButton
      tab="people"
      icon={Users}
      label={t("bar.people")}
      name={waiting > 0 ? `${name}. ${t("hands.title")}: ${waiting}` : name}
      count={{ value: count }}
      shortcut="Alt+U"
    />
  );
}

function ChatButton() {
  const { screen, unreadCount } = useClassroom();
  const count = screen.panel.value === "chat" ? 0 : unreadCount.value;
  return (
    <PanelButton
      tab="chat"
      icon={MessageSquare}
      label={t("bar.chat")}
      name={count > 0 ? t("bar.chat.unread", { count }) : t("bar.chat")}
      count={{ value: count, isNew: true }}
      shortcut="Alt+H"
    />
  );
}

function PanelButton(props: {
  tab: PanelTab;
  icon: typeof Users;
  label: string;
  name: string;
  count: { value: number; isNew?: boolean };
  shortcut: string;
}) {
  const { tab, ...rest } = props;
  const { screen } = useClassroom();
  const isOpen = screen.panel.value === tab;
  return (
    <BarButton
      {...rest}
      look={isOpen ? "open" : "plain"}
      aria-expanded={isOpen}
      data-panel-button={tab}
      onClick={() => {
        screen.panel.value = isOpen ? null : tab;
      }}
    />
  );
}

function ShareButton() {
  const { media } = useClassroom();
  const { status } = media.screen.state.value;
  const isSharing = status === "live";
  return (
    <BarButton
      icon={isSharing ? MonitorX : MonitorUp}
      label={t(isSharing ? "bar.stopShare" : "bar.share")}
      look={isSharing ? "live" : "plain"}
      shortcut="Alt+S"
      disabled={status === "starting"}
      onClick={() => void toggleShare(media)}
    />
  );
}
