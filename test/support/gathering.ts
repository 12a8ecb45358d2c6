import { expect } from "vitest";
import { exchangeAdmin } from "./admin-client.ts";
import type { E2eBrowser, Guest } from "./e2e-browser.ts";
import type { ServerProcess } from "./server-process.ts";

export interface Gathering {
  readonly instructor: Guest;
  readonly participants: readonly [Guest, Guest, Guest];
  readonly everybody: readonly Guest[];
}

/** Makes a link for the roster's third person, whom the demo has given none. */
async function thirdLink(server: ServerProcess): Promise<string> {
  const admin = await exchangeAdmin(server.links.admin);
  const { items: programmes } = await admin.get<{ items: { id: string }[] }>("/api/v1/programmes");
  const path = `/api/v1/programmes/${programmes[0]?.id}`;
  const { items: roster } = await admin.get<{ items: { id: string; name: string }[] }>(`${path}/enrolments`);
  const { items: sessions } = await admin.get<{ items: { id: string }[] }>(`${path}/sessions`);
  const enrolmentId = roster.find((one) => one.name.startsWith("I Made"))?.id;
  const made = await admin.post<{ url: string }>(`/api/v1/sessions/${sessions[0]?.id}/links`, {
    enrolmentId,
  });
  return made.url;
}

/** Opens a link and joins as a person does: the one button of the join page. */
export async function join(guest: Guest, link: string): Promise<void> {
  await guest.page.goto(link);
  await guest.press("Gabung kelas");
  await guest.page.waitForSelector('::-p-aria([name="Angkat tangan"])');
}

/** One instructor and three participants in a class, everybody's camera on. */
export async function gather(browser: E2eBrowser, server: ServerProcess): Promise<Gathering> {
  const links = [server.links.instructor, ...server.links.participants, await thirdLink(server)];
  const names = ["instructor", "first", "second", "third"];
  const guests = await Promise.all(
    links.map(async (link, index) => {
      const guest = await browser.guest(names[index] as string);
      await join(guest, link);
      return guest;
    }),
  );
  const [instructor, first, second, third] = guests as [Guest, Guest, Guest, Guest];
  return { instructor, participants: [first, second, third], everybody: guests };
}

/** Waits until every guest decodes frames from others; answers with nothing, fails with who saw none. */
export async function everybodySees(guests: readonly Guest[], others: number): Promise<void> {
  const seeing = guests.map((guest) =>
    expect
      .poll(() => movingPictures(guest), { timeout: 40_000, message: `${guest.name} sees moving pictures` })
      .toBeGreaterThanOrEqual(others),
  );
  await Promise.all(seeing);
}

/** How much of pictures and sound arrives in a while. */
export async function arriving(guest: Guest, ms = 2_500) {
  const before = await guest.received();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = await guest.received();
  return {
    frames: after.framesDecoded - before.framesDecoded,
    energy: after.audioEnergy - before.audioEnergy,
  };
}

/** How many of the others' tiles show frames that go on coming. */
export async function movingPictures(guest: Guest): Promise<number> {
  return guest.page.evaluate(async () => {
    const pictures = [...document.querySelectorAll<HTMLVideoElement>(".tile:not(.tile-mirrored) video")];
    const before = pictures.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return pictures.filter((video, index) => {
      return video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > (before[index] ?? 0);
    }).length;
  });
}
