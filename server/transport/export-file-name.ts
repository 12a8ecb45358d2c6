import type { Session } from "../ports.ts";

/**
 * A file's name with the session's title and the day, such as `rekaman-etika-ai-2026-01-12.mp4`: ASCII letters, digits and
 * hyphens alone, whatever the title has in it.
 * @param at epoch ms
 */
export function exportFileName({ title, timeZone }: Pick<Session, "title" | "timeZone">, at: number): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .match(/[a-z0-9]+/g);
  const slug = (words ?? ["kelas"]).join("-").slice(0, 60).replace(/-$/, "");
  // Sweden writes days as ISO 8601 does.
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
  return `rekaman-${slug}-${day}.mp4`;
}
