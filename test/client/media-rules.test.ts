import { describe, expect, it } from "vitest";
import { cameraProfileFrom } from "../../client/media/camera-profile.ts";
import { deviceProblemFrom } from "../../client/media/device-access.ts";
import { createCommandLine } from "../../client/media/media-command.ts";
import { levelFrom } from "../../client/media/microphone-level.ts";
import {
  type NetworkSample,
  networkQualityFrom,
  steadyQualityFrom,
} from "../../client/media/network-quality.ts";
import { viewFrom } from "../../client/media/view-sender.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { mediaViewSchema } from "../../server/protocol/media.ts";

describe("a device that gives nothing", () => {
  it.each([
    ["NotAllowedError", "denied"],
    ["NotFoundError", "missing"],
    ["OverconstrainedError", "missing"],
    ["NotReadableError", "in-use"],
    ["TypeError", "unsupported"],
    ["SomethingNew", "other"],
  ])("MC7 %s means %s", (name, problem) => {
    expect(deviceProblemFrom(new DOMException("", name))).toBe(problem);
  });
});

describe("the line's quality", () => {
  const well: NetworkSample = {
    isConnected: true,
    roundTripMs: 40,
    lossShare: 0,
    availableOutgoingBps: 2_000_000,
  };
  it.each([
    [{}, "good"],
    [{ roundTripMs: null, lossShare: null, availableOutgoingBps: null }, "good"],
    [{ roundTripMs: 301 }, "fair"],
    [{ lossShare: 0.04 }, "fair"],
    [{ availableOutgoingBps: 200_000 }, "fair"],
    [{ roundTripMs: 800 }, "poor"],
    [{ lossShare: 0.2 }, "poor"],
    [{ availableOutgoingBps: 50_000 }, "poor"],
    [{ isConnected: false }, "lost"],
  ] as const)("MC8 %o is %s", (change, quality) => {
    expect(networkQualityFrom({ ...well, ...change })).toBe(quality);
  });

  it("MC8 changes when two looks agree; a loss shows at once", () => {
    expect(steadyQualityFrom("good", "good", "poor")).toBe("good");
    expect(steadyQualityFrom("good", "poor", "poor")).toBe("poor");
    expect(steadyQualityFrom("good", "good", "lost")).toBe("lost");
    expect(steadyQualityFrom("lost", "lost", "good")).toBe("good");
  });
});

describe("what the server is told of the screen", () => {
  const tiles = Array.from({ length: 60 }, (_, index) => ({
    connectionId: `con_${index}` as ConnectionId,
    source: "camera" as const,
    width: index * 7.3,
  }));

  it("MC9 is a view the protocol accepts, with widths in steps and at most fifty tiles", () => {
    const view = viewFrom({ mode: "gallery", tiles }, false);
    expect(mediaViewSchema.parse(view)).toEqual(view);
    expect(view.tiles).toHaveLength(50);
    expect(view.tiles[0]?.width).toBe(80);
    expect(viewFrom({ mode: "speaker", tiles: [] }, false).mode).toBe("speaker");
  });

  it("MC9 says that data is saved, whatever else is shown", () => {
    expect(viewFrom({ mode: "gallery", tiles: [] }, true).mode).toBe("data-saver");
  });
});

describe("commands about media", () => {
  it("MC10 refuses what a replaced connection will not answer", async () => {
    const line = createCommandLine(() => new Promise(() => undefined));
    const answer = line.command("media.pause", { source: "camera" });
    line.abandon();
    expect(await answer).toMatchObject({ ok: false, code: "unavailable" });
  });

  it("MC10 turns a broken line into a refusal", async () => {
    const line = createCommandLine(() => Promise.reject(new Error("disconnected")));
    expect(await line.command("media.pause", { source: "camera" })).toMatchObject({ code: "unavailable" });
  });
});

describe("a microphone's level", () => {
  it("MC11 is 0 in silence and 1 when loud", () => {
    expect(levelFrom(new Float32Array(512))).toBe(0);
    expect(levelFrom(new Float32Array(512).fill(0.0005))).toBe(0);
    expect(levelFrom(new Float32Array(512).fill(0.9))).toBe(1);
    expect(levelFrom(new Float32Array(512).fill(0.05))).toBeCloseTo(0.68, 1);
  });
});

describe("a camera", () => {
  it("MC12 is sent in 180p, 360p and 720p, without the last on a weak machine", () => {
    const heights = (cores: number) => {
      const { height, encodings } = cameraProfileFrom(cores);
      return encodings.map(({ scaleResolutionDownBy }) => height / (scaleResolutionDownBy ?? 1));
    };
    expect(heights(8)).toEqual([180, 360, 720]);
    expect(heights(2)).toEqual([180, 360]);
  });
});
