import { useLayoutEffect, useState } from "preact/hooks";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { Classroom } from "../classroom.ts";
import { canShare, toggleCamera, toggleMicrophone, toggleShare } from "./own-media.ts";
import { type Shortcut, shortcutFrom } from "./shortcut-from.ts";

const TYPED_INTO =
  "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable]";
const CONTROLS = "button, a, select, input, summary, dialog, [popover], [tabindex]";

function focusOf(target: EventTarget | null) {
  const element = target instanceof Element ? target : null;
  return { isTyping: element?.closest(TYPED_INTO) != null, isControl: element?.closest(CONTROLS) != null };
}

/** Listens for shortcuts as long as the class is shown; true while Space is held to talk. */
export function useShortcuts(classroom: Classroom): boolean {
  const [isTalking, setTalking] = useState(false);
  // Before the class is painted: who sees it can use the keys.
  useLayoutEffect(() => {
    const { microphone } = classroom.media;
    let isHeld = false;
    const letGo = () => {
      if (!isHeld) return;
      isHeld = false;
      setTalking(false);
      void microphone.mute();
    };
    const handleKeyDown = (event: KeyboardEvent) => {
      const shortcut = shortcutFrom(event, focusOf(event.target));
      if (!shortcut || document.querySelector("dialog[open]")) return;
      if (shortcut !== "talk") {
        if (runShortcut(classroom, shortcut)) event.preventDefault();
        return;
      }
      event.preventDefault();
      if (event.repeat || isHeld || microphone.state.peek().status !== "muted") return;
      isHeld = true;
      setTalking(true);
      void microphone.unmute();
    };
    const handleKeyUp = (event: KeyboardEvent) => {
      if (event.code === "Space") letGo();
    };
    addEventListener("keydown", handleKeyDown);
    addEventListener("keyup", handleKeyUp);
    addEventListener("blur", letGo);
    return () => {
      removeEventListener("keydown", handleKeyDown);
      removeEventListener("keyup", handleKeyUp);
      removeEventListener("blur", letGo);
    };
  }, [classroom]);
  return isTalking;
}

/** Whether the key was used. */
function runShortcut(classroom: Classroom, shortcut: Exclude<Shortcut, "talk">): boolean {
  const { media, screen, view, act, isStaff } = classroom;
  switch (shortcut) {
    case "microphone":
      void toggleMicrophone(media);
      return true;
    case "camera":
      void toggleCamera(media);
      return true;
    case "share":
      if (canShare()) void toggleShare(media);
      return true;
    case "hand": {
      const isRaised = view.peek().hands.some((hand) => hand.personId === view.peek().you.personId);
      void act(isRaised ? "hand.lower" : "hand.raise", {});
      return true;
    }
    case "chat":
    case "people":
      screen.panel.value = screen.panel.peek() === shortcut ? null : shortcut;
      return true;
    case "next-page":
    case "previous-page": {
      const { stage } = view.peek();
      const to = (stage?.page ?? 0) + (shortcut === "next-page" ? 1 : -1);
      const canTurn = isStaff.peek() || view.peek().you.room !== MAIN_ROOM;
      if (!stage || !canTurn) return false;
      if (to >= stage.from && to <= stage.to) void act("page.turn", { page: to });
      return true;
    }
  }
}
