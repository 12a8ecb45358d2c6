import type { DemoLinks } from "./demo/demo.ts";

/** What a person at a terminal reads when the server is ready. */
export function readyText(url: string, links: DemoLinks | null): string {
  if (!links) return `\nBalai is ready: ${url}\n\n`;
  const [first = "", second = ""] = links.participants;
  return `
Balai is ready: ${url}

A class is on now. Open each link in a tab of its own:

  Instructor     ${links.instructor}
  Participant 1  ${first}
  Participant 2  ${second}
  Administrator  ${links.admin}

Ctrl+C stops the server; the records stay.

`;
}
