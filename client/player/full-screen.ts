import { useEffect, useState } from "preact/hooks";

export function canFillScreen(): boolean {
  return document.fullscreenEnabled === true;
}

/** Fills the screen with the player, or gives it back. A browser that refuses leaves everything as it is. */
export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.querySelector(".player")?.requestFullscreen();
  } catch {
    // Refused by the browser or its owner.
  }
}

export function useIsFullScreen(): boolean {
  const [isFull, setFull] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const update = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", update);
    return () => document.removeEventListener("fullscreenchange", update);
  }, []);
  return isFull;
}
