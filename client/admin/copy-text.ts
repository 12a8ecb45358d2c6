import { showToast } from "../ui/toasts.tsx";

/** Copies and says so; a browser that does not allow it leaves the text to be marked by hand. */
export async function copyText(text: string, copied: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ tone: "good", text: copied });
  } catch {
    // The text stands selected beside the button.
  }
}
