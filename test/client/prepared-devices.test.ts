import { describe, expect, it } from "vitest";
import { createPreparedDevices } from "../../client/media/prepared-devices.ts";

describe("devices that are loaded before they are needed", () => {
  function counted() {
    const loads: unknown[] = [];
    const devices = createPreparedDevices(async (capabilities) => {
      loads.push(capabilities);
      if (capabilities === "broken") throw new Error("no WebRTC");
      return loads.length;
    });
    return { loads, devices };
  }

  it("FF1 takes into the class what was loaded at the door", async () => {
    const { loads, devices } = counted();
    devices.prepare({ codecs: ["opus"] });
    devices.prepare({ codecs: ["opus"] });
    expect(await devices.take({ codecs: ["opus"] })).toBe(1);
    expect(loads).toHaveLength(1);
  });

  it("FF1 loads another where the class speaks something else, or the first is taken", async () => {
    const { devices } = counted();
    devices.prepare({ codecs: ["opus"] });
    expect(await devices.take({ codecs: ["vp8"] })).toBe(2);
    expect(await devices.take({ codecs: ["vp8"] })).toBe(3);
  });

  it("FF1 tries again after one that could not be loaded", async () => {
    const { loads, devices } = counted();
    devices.prepare("broken");
    await expect(devices.take("broken")).rejects.toThrow("no WebRTC");
    devices.prepare("broken");
    await Promise.resolve();
    await Promise.resolve();
    devices.prepare("broken");
    expect(loads).toHaveLength(3);
  });
});
