import { describe, expect, it } from "vitest";
import { chosenTracksFrom } from "../../server/domain/chosen-tracks.ts";
import type { ConnectionId, PersonId } from "../../server/protocol/ids.ts";
import type { MediaSource } from "../../server/protocol/media.ts";

const track = (name: string, source: MediaSource) => ({
  connectionId: `con_${name}` as ConnectionId,
  personId: `${name.startsWith("ina") ? "stf" : "enr"}_${name}` as PersonId,
  source,
});
const both = (name: string) => [track(name, "camera"), track(name, "microphone")];
const many = Array.from({ length: 20 }, (_, index) => `ani${index}`).flatMap(both);
const shared = [track("budi", "screen"), track("budi", "screen-audio")];
const isStaff = (personId: PersonId) => personId.startsWith("stf_");

function captured(
  tracks: readonly ReturnType<typeof track>[],
  limit: number,
  speakers: readonly string[] = [],
) {
  const spoke = speakers.map((name) => `con_${name}` as ConnectionId);
  const chosen = chosenTracksFrom(tracks, { limit, isStaff, speakers: spoke });
  expect(chosen.captured.length + chosen.leftOut.length).toBe(tracks.length);
  return chosen.captured.map(({ connectionId, source }) => `${connectionId.slice(4)} ${source}`);
}

describe("which tracks are captured", () => {
  it("RF6 all of them where there is room", () => {
    expect(captured([...many, ...shared], 42)).toHaveLength(42);
  });

  it("RF6 never more than there is room for, whatever is published", () => {
    for (const limit of [1, 2, 3, 5, 8, 24, 41]) {
      const chosen = captured([...many, ...both("ina"), ...shared], limit, ["ani3", "ani7"]);
      expect(chosen).toHaveLength(limit);
    }
  });

  it("RF6 what is shared and the staff come first, then whoever spoke last, in sound and picture", () => {
    const chosen = captured([...many, ...both("ina"), ...shared], 8, ["ani7", "ani3"]);
    expect(chosen.sort()).toEqual([
      "ani3 camera",
      "ani3 microphone",
      "ani7 camera",
      "ani7 microphone",
      "budi screen",
      "budi screen-audio",
      "ina camera",
      "ina microphone",
    ]);
  });

  it("RF6 room that sound does not need goes to pictures, and the other way round", () => {
    const cameras = many.filter(({ source }) => source === "camera");
    const sounds = many.filter(({ source }) => source === "microphone");
    expect(captured([...cameras, ...sounds.slice(0, 2)], 10)).toHaveLength(10);
    expect(
      captured([...sounds, ...cameras.slice(0, 2)], 10).filter((one) => one.endsWith("camera")),
    ).toHaveLength(2);
  });
});
