import { effect } from "@preact/signals";
import { formatTime } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { showToast, type Toast } from "../ui/toasts.tsx";
import { roomTitle } from "./attendees.ts";
import { type ClassNotice, noticesFrom } from "./class-notices.ts";
import type { Classroom } from "./classroom.ts";
import { shortNameFrom } from "./tiles/initials.ts";

/** Tells in passing what changes in the class, as long as it is followed. */
export function followNotices(classroom: Classroom): () => void {
  let known = classroom.view.peek();
  let wasLost = false;
  const stopView = effect(() => {
    const now = classroom.view.value;
    // Staff who look at the queue see the hand there.
    const isQueueShown = classroom.screen.panel.peek() === "people";
    for (const notice of noticesFrom(known, now)) {
      if (notice.type !== "hand-raised" || !isQueueShown) showToast(toastFrom(notice, classroom));
    }
    known = now;
  });
  const stopState = effect(() => {
    const state = classroom.connection.state.value;
    if (wasLost && state === "present") showToast({ tone: "good", text: t("class.reconnected") });
    wasLost = state === "lost";
  });
  return () => {
    stopView();
    stopState();
  };
}

function toastFrom(notice: ClassNotice, classroom: Classroom): Toast {
  const showPeople = () => {
    classroom.screen.panel.value = "people";
  };
  switch (notice.type) {
    case "class-started":
      return { tone: "good", text: t("class.started") };
    case "hand-raised":
      return {
        tone: "hand",
        text: t("hands.raisedBy", { name: shortNameFrom(notice.name) }),
        action: { label: t("bar.people"), run: showPeople },
      };
    case "you-are-called":
      return {
        tone: "hand",
        text: t("hands.youAreCalled"),
        action: { label: t("hands.unmute"), run: () => void classroom.media.microphone.unmute() },
      };
    case "rooms-closed":
      return { text: t("breakouts.closed") };
    case "room-recalled":
      return { text: t("rooms.recalled") };
    case "help-asked":
      return {
        tone: "hand",
        text: t("rooms.help.asked", { room: roomTitle(classroom.view.peek(), notice.roomId) ?? "" }),
        action: {
          label: t("rooms.help.go"),
          run: () => void classroom.act("room.enter", { room: notice.roomId }),
        },
      };
    case "staff-came":
      return { text: t("rooms.staffCame", { name: shortNameFrom(notice.name) }) };
    case "more-time": {
      const { timeZone } = classroom.view.peek().info;
      return { tone: "good", text: t("rooms.extended", { time: formatTime(notice.endsAt, timeZone) }) };
    }
  }
}
