import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  /** Called when the person closes it (Escape, the cross, a click beside it). */
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons at the bottom, the main one last. */
  foot?: ComponentChildren;
  isWide?: boolean;
}

/** The title is read first, and no button is one key away from being pressed by mistake. */
const FOCUSED_FIRST = { tabIndex: -1, autofocus: true };

/** A modal `<dialog>`: shown while it is rendered. It keeps the focus inside and gives it back to what opened it. */
export function Dialog({ title, onClose, children, foot, isWide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const latestClose = useRef(onClose);
  latestClose.current = onClose;
  useEffect(() => {
    const element = dialog.current;
    const handleClick = (event: MouseEvent) => {
      // Only the backdrop is the dialog itself: everything inside it has an element of its own.
      if (event.target === element) latestClose.current();
    };
    const opener = document.activeElement;
    element?.addEventListener("click", handleClick);
    element?.showModal();
    return () => {
      element?.close();
      // By now the dialog has left the document, and a browser gives the focus back only from inside it.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    // What scrolls must be reachable by keyboard, also where it holds nothing to focus, and in a window made smaller.
    const follow = () => {
      if (element.scrollHeight > element.clientHeight) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return (
    <dialog
      ref={dialog}
      class={isWide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={titleId} class="dialog-title" {...FOCUSED_FIRST}>
          {title}
        </h2>
        <IconButton icon={X} label={t("close")} onClick={onClose} />
      </div>
      <div ref={body} class="dialog-body">
        {children}
      </div>
      {foot && <div class="dialog-foot">{foot}</div>}
    </dialog>
  );
}
