/** What a key asks for, as far as the class knows it. */
export type Shortcut =
  | "microphone"
  | "camera"
  | "share"
  | "hand"
  | "chat"
  | "people"
  | "talk"
  | "next-page"
  | "previous-page";

const ALT_KEYS: Readonly<Record<string, Shortcut>> = {
  KeyA: "microphone",
  KeyV: "camera",
  KeyS: "share",
  KeyY: "hand",
  KeyH: "chat",
  KeyU: "people",
};
const PLAIN_KEYS: Readonly<Record<string, Shortcut>> = {
  Space: "talk",
  ArrowRight: "next-page",
  PageDown: "next-page",
  ArrowLeft: "previous-page",
  PageUp: "previous-page",
};

type PressedKey = Pick<KeyboardEvent, "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/**
 * Pure: the shortcut of a key. `isControl` says that the focus is on something that has its own use for plain keys;
 * while typing nothing is a shortcut.
 */
export function shortcutFrom(
  key: PressedKey,
  focus: { readonly isTyping: boolean; readonly isControl: boolean },
): Shortcut | null {
  if (focus.isTyping || key.ctrlKey || key.metaKey || key.shiftKey) return null;
  if (key.altKey) return ALT_KEYS[key.code] ?? null;
  return focus.isControl ? null : (PLAIN_KEYS[key.code] ?? null);
}
