import { signal } from "@preact/signals";

export type Language = "id" | "en";

const STORED = "balai.language";

/** Indonesian first: English only for who asked for it. */
export const language = signal<Language>(storedLanguage());
markDocument(language.peek());

/** Changes the language of everything on the page and remembers it in this browser. */
export function changeLanguage(to: Language): void {
  language.value = to;
  markDocument(to);
  try {
    localStorage.setItem(STORED, to);
  } catch {
    // A browser that keeps nothing still shows the language until the page is closed.
  }
}

function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORED) === "en" ? "en" : "id";
  } catch {
    return "id";
  }
}

function markDocument(to: Language): void {
  if (typeof document !== "undefined") document.documentElement.lang = to;
}
