import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "./evidence/measured.ts";
import { runBench } from "./page/run-bench.ts";
import { measureRecordedClass, type RecordedClassCost } from "./recorded/recorded-class.ts";
import { encodeFiles } from "./recorded/sent-files.ts";

/**
 * `npm run bench -- recording [--quick] [--json FILE]`: what recording costs beyond the same class unrecorded, window by
 * window in one run: a class of one camera, one microphone and one share, and one of 20 cameras, 20 microphones and a
 * share. Ends with 1 where the first is more than 5 % of a core.
 */
const AT_MOST_SHARE = 5;
const CROWD = 20;

await runBench(async ({ isQuick, say }) => {
  const folder = await mkdtemp(join(tmpdir(), "balai-bench-recording-"));
  const windowMs = isQuick ? 3_000 : 10_000;
  try {
    const files = await encodeFiles(folder);
    const order = { folder, files, windowMs, say };
    const one = await measureRecordedClass({ ...order, people: 1, windows: isQuick ? 1 : 4 });
    const crowd = await measureRecordedClass({ ...order, people: CROWD, windows: isQuick ? 1 : 3 });
    return {
      title: "What recording a class costs",
      figures: [
        ...figuresOf("1 camera, 1 microphone, 1 share", one, AT_MOST_SHARE),
        ...figuresOf(`${CROWD} cameras, ${CROWD} microphones, 1 share`, crowd, null),
      ],
      notes: ["Two of the processes listen in reserve. The server, the media worker and ffmpeg count."],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function figuresOf(class_: string, cost: RecordedClassCost, atMost: number | null): readonly Figure[] {
  const unit = "% of a core";
  return [
    { what: `${class_}: unrecorded`, value: cost.plain, unit, atMost: null },
    { what: `${class_}: recording, beyond that`, value: cost.extra, unit, atMost },
    { what: `${class_}: of which ffmpeg`, value: cost.ffmpeg, unit, atMost: null },
    { what: `${class_}: processes`, value: cost.processes, unit: "", atMost: null },
    { what: `${class_}: recorded`, value: cost.kbps, unit: "kbit/s", atMost: null },
  ];
}
