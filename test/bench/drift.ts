import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeClock } from "../support/clock-samples.ts";
import { type Offsets, offsetsIn } from "../support/recorded-offsets.ts";
import { createSteppedClass, type SteppedPerson } from "../support/stepped-class.ts";
import { type Figure, quantile, tableFrom } from "./evidence/measured.ts";

/**
 * `npm run bench -- drift [MINUTES]`: two hours of a class, whose time passes as fast as its packets can be handled,
 * through the real media worker and recorder. Pictures show what second it is, microphones beep; decoding says how far
 * they are from each other by the manifest's clock. Ends with 1 where that is 80 ms or more anywhere.
 */
const MINUTES = Number(process.argv[2] ?? 120);
const AT_MOST_MS = 80;
/** Everything happens in parts of the whole. */
const PARTS = 12;

const say = (line: string) => process.stderr.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "balai-bench-drift-"));
const partS = (60 * MINUTES) / PARTS;
say(`encoding ${MINUTES} minutes of a clock`);
// Layer changes take real seconds beside.
const stepped = await createSteppedClass(folder, await encodeClock(60 * MINUTES + 300));
const plain = stepped.join("plain");
const switching = stepped.join("switching", { layers: 2, driftPpm: 100 });
const muted = stepped.join("muted", { driftPpm: -100 });
const late = stepped.join("late", { driftPpm: 100 });
const lossy = stepped.join("lossy", { loss: 0.05, driftPpm: -100 });
const everybody = { plain, switching, muted, late, lossy };

async function switchLayer(person: SteppedPerson, layers: 1 | 2): Promise<void> {
  person.performer.layersSent = layers;
  await stepped.passUntil(() => stepped.widthOf(person) === (layers === 1 ? 64 : 128));
}

const figures: Figure[] = [];
try {
  const beganAt = performance.now();
  for (const one of Object.values(everybody)) await one.publish("microphone");
  for (const one of [plain, switching, muted, lossy]) await one.publish("camera");
  for (let part = 0; part < PARTS; part += 1) {
    // Muted for six parts: an hour of two.
    if (part === 3) await muted.setMuted("microphone", true);
    if (part === 9) await muted.setMuted("microphone", false);
    if (part === 6) await late.publish("camera");
    await switchLayer(switching, part % 2 === 0 ? 2 : 1);
    await stepped.pass(partS);
    say(
      `${Math.round(((part + 1) * partS) / 60)} minutes in ${Math.round((performance.now() - beganAt) / 1000)} s`,
    );
  }
  await stepped.end();
  for (const [name, { connectionId, performer }] of Object.entries(everybody)) {
    say(`decoding: ${name}`);
    const truth = { zeroAt: stepped.zeroAt, beepsAt: performer.beepsAt };
    figures.push(...figuresOf(name, await offsetsIn(stepped.recordingFolder, connectionId, truth)));
  }
} finally {
  await stepped.close();
  await rm(folder, { recursive: true, force: true });
}

function figuresOf(name: string, { pictures, beeps, apartMs }: Offsets): readonly Figure[] {
  const spanMin = ((beeps.at(-1)?.at ?? 0) - (beeps[0]?.at ?? 0)) / 60_000;
  return [
    { what: `${name}: beeps and pictures compared`, value: apartMs.length, unit: "", atMost: null },
    { what: `${name}: over`, value: spanMin, unit: "minutes", atMost: null },
    { what: `${name}: apart, median`, value: quantile(apartMs, 0.5), unit: "ms", atMost: null },
    { what: `${name}: apart, most`, value: Math.max(...apartMs), unit: "ms", atMost: AT_MOST_MS },
    {
      what: `${name}: pictures off the class clock, most`,
      value: Math.max(...pictures.map(({ offMs }) => Math.abs(offMs))),
      unit: "ms",
      atMost: null,
    },
  ];
}

process.stdout.write(`${tableFrom(figures)}\n`);
process.exitCode = figures.every((one) => one.atMost === null || one.value <= one.atMost) ? 0 : 1;
