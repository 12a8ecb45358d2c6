/** What a key asks the player for; the keys of YouTube, so that the hand knows them. */
export type PlayerKey =
  | { readonly do: "toggle" | "mute" | "full-screen" | "captions" | "search" | "help" | "swap" }
  | { readonly do: "step"; readonly ms: number }
  | { readonly do: "volume"; readonly by: number }
  | { readonly do: "share"; readonly of: number }
  | { readonly do: "speed"; readonly by: 1 | -1 }
  | { readonly do: "chapter"; readonly by: 1 | -1 };

type PressedKey = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

const KEYS: Readonly<Record<string, PlayerKey>> = {
  " ": { do: "toggle" },
  k: { do: "toggle" },
  j: { do: "step", ms: -10_000 },
  l: { do: "step", ms: 10_000 },
  arrowleft: { do: "step", ms: -5_000 },
  arrowright: { do: "step", ms: 5_000 },
  arrowup: { do: "volume", by: 0.05 },
  arrowdown: { do: "volume", by: -0.05 },
  home: { do: "share", of: 0 },
  end: { do: "share", of: 1 },
  "<": { do: "speed", by: -1 },
  ">": { do: "speed", by: 1 },
  m: { do: "mute" },
  f: { do: "full-screen" },
  c: { do: "captions" },
  t: { do: "swap" },
  "/": { do: "search" },
  "?": { do: "help" },
};
/** With Shift: whole chapters, as on YouTube. */
const SHIFTED: Readonly<Record<string, PlayerKey>> = {
  n: { do: "chapter", by: 1 },
  p: { do: "chapter", by: -1 },
};

/** Keys that a focused control has its own use for. */
const OF_CONTROLS = new Set([" ", "arrowleft", "arrowright", "arrowup", "arrowdown", "home", "end"]);

/** Pure: what a key asks for. While typing nothing; on a control its own keys stay its own. */
export function playerKeyFrom(
  pressed: PressedKey,
  focus: { readonly isTyping: boolean; readonly isControl: boolean },
): PlayerKey | null {
  if (focus.isTyping || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const key = pressed.key.toLowerCase();
  if (focus.isControl && OF_CONTROLS.has(key)) return null;
  if (pressed.shiftKey && key in SHIFTED) return SHIFTED[key] ?? null;
  if (/^[0-9]$/.test(key)) return { do: "share", of: Number(key) / 10 };
  return KEYS[key] ?? null;
}
