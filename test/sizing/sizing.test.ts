import { describe, expect, it } from "vitest";
import { classTraffic } from "../bench/sizing/class-traffic.ts";
import { MEASURED } from "../bench/sizing/measured-costs.ts";
import { morningOf, type Scenario, sizingFrom } from "../bench/sizing/simulate.ts";

const SCENARIO: Scenario = {
  people: 500,
  classes: 10,
  cores: 4,
  networkBits: 10_000_000_000,
  isRecorded: false,
  seed: 7,
};

describe("the simulated morning that sizes an installation", () => {
  it("SZ1 gives the same answer for the same seed", () => {
    expect(sizingFrom(SCENARIO, MEASURED)).toEqual(sizingFrom(SCENARIO, MEASURED));
  });

  it("SZ2 sends what the rules of subscription let each person see", () => {
    const slides = classTraffic(100, "slides");
    const share = classTraffic(100, "share");
    // Ten of a hundred save data: they hear, and see the share alone.
    expect(share.packets - slides.packets).toBeCloseTo(100 * (1_200_000 / 8_800), 5);
    expect(classTraffic(200, "slides").packets / slides.packets).toBeGreaterThan(1.9);
    expect(classTraffic(200, "slides").packets / slides.packets).toBeLessThan(2.2);
  });

  it("SZ3 counts a class of one: nobody receives anything of themselves", () => {
    expect(classTraffic(0, "share")).toEqual({ packets: 0, bits: 0 });
  });

  it("SZ4 asks for twice the machines where a packet costs twice as much, and says so of a class too large", () => {
    const many = { ...SCENARIO, people: 5_000, classes: 100 };
    const once = sizingFrom(many, MEASURED)?.nodes ?? 0;
    const twice = sizingFrom(many, { ...MEASURED, packetUs: 2 * MEASURED.packetUs })?.nodes ?? 0;
    expect(once).toBeGreaterThan(1);
    expect(twice / once).toBeGreaterThan(1.6);
    expect(twice / once).toBeLessThan(3);
    expect(sizingFrom({ ...SCENARIO, people: 5_000, classes: 1, cores: 2 }, MEASURED)).toBeNull();
  });

  it("SZ5 leaves room for the loss of a node", () => {
    const sizing = sizingFrom({ ...SCENARIO, people: 5_000, classes: 100 }, MEASURED);
    expect((sizing?.cpuShare ?? 1) * ((sizing?.nodes ?? 1) / ((sizing?.nodes ?? 2) - 1))).toBeLessThanOrEqual(
      0.95,
    );
  });

  it("SZ6 counts everybody once, whatever the number of nodes", () => {
    const one = morningOf(SCENARIO, MEASURED, 1);
    const five = morningOf(SCENARIO, MEASURED, 5);
    expect(one.memoryBytes - MEASURED.nodeBytes).toBe(500 * MEASURED.personBytes);
    expect(five.memoryBytes - MEASURED.nodeBytes).toBe(100 * MEASURED.personBytes);
    expect(five.networkBits).toBeLessThan(one.networkBits);
  });
});
