import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExportSource, Slides } from "../../server/ports.ts";
import { createExportPictures } from "./export-pictures.ts";
import { type ExportPlan, exportPlanFrom, FRAME_MS, type Shot, type SoundPiece } from "./export-plan.ts";
import type { ExportPrograms } from "./export-programs.ts";
import { chapterTitleFrom, type ExportWords } from "./export-words.ts";
import { factsText, joinArguments, pieceListFrom } from "./join-arguments.ts";
import type { RenderRun } from "./run-render.ts";
import { type SegmentList, segmentListFrom } from "./segment-list.ts";
import { type Input, shotArguments } from "./shot-arguments.ts";
import { LEAD_MS, soundArguments } from "./sound-arguments.ts";

/** Rises with everything that makes pieces look or sound otherwise: those of before are then not used. */
const PIECES_VERSION = 1;
/** The MP4 in its export's folder. */
export const EXPORT_FILE = "video.mp4";
/** What its pieces were made from. */
const VERSION_FILE = "version";

export interface RenderParts {
  /** The export's own, inside `recordingFolder`/exports. */
  readonly folder: string;
  readonly recordingFolder: string;
  readonly source: ExportSource;
  readonly words: ExportWords;
  readonly programs: ExportPrograms;
  readonly slides: Pick<Slides, "pictureFile">;
  /** Runs ffmpeg when it may; null where it did its work, else what it said. Throws `Cancelled` once cancelled. */
  run(
    start: (onProgress: (outMs: number) => void) => RenderRun,
    onProgress: (outMs: number) => void,
  ): Promise<string | null>;
  start(args: readonly string[], onProgress: (outMs: number) => void): RenderRun;
  /** Before each piece; throws where it is to end. */
  check(): Promise<void>;
  /** Milliseconds of the MP4 that are rendered. */
  onProgress(doneMs: number): void;
}

/** What rendering said that could not go on. */
export class RenderFault extends Error {
  override readonly name = "RenderFault";
}

/** How long the MP4 of a recording will be. */
export function exportMsOf(source: ExportSource): number {
  return planOf(source).frames * FRAME_MS;
}

function planOf(source: ExportSource): ExportPlan {
  const instructors = source.people.filter(({ role }) => role === "instructor");
  return exportPlanFrom(
    source,
    instructors.map(({ personId }) => personId),
    source.chapters,
  );
}

/**
 * Renders a recording piece by piece and joins the pieces; those that a stop left whole are used again.
 * @returns the MP4's size in bytes
 * @throws RenderFault with ffmpeg's words
 */
export async function renderExport(parts: RenderParts): Promise<number> {
  const plan = planOf(parts.source);
  if (plan.frames === 0) throw new RenderFault("nothing was recorded");
  await prepareFolder(parts, plan);
  const known = await sizeOf(join(parts.folder, EXPORT_FILE));
  if (known !== null) return finished(parts.folder, known);
  const pictures = createExportPictures(parts);
  let doneFrames = 0;
  const shots = [];
  const sounds = [];
  for (const [index, piece] of plan.sounds.entries()) {
    const file = `${nameOf(index)}.flac`;
    await makePiece(parts, file, (out) => renderSound(parts, piece, nameOf(index), out));
    sounds.push({ file, frames: piece.frames });
  }
  for (const [index, shot] of plan.shots.entries()) {
    const file = `${nameOf(index)}.mkv`;
    const before = doneFrames;
    const tell = (outMs: number) =>
      parts.onProgress(FRAME_MS * before + Math.min(outMs, FRAME_MS * shot.frames));
    await makePiece(parts, file, (out) => renderShot(parts, pictures, shot, nameOf(index), out, tell));
    doneFrames += shot.frames;
    parts.onProgress(FRAME_MS * doneFrames);
    shots.push({ file, frames: shot.frames });
  }
  return joinPieces(parts, plan, shots, sounds);
}

function nameOf(index: number): string {
  return String(index).padStart(6, "0");
}

/** Pieces of another plan (names changed, or a newer Balai) are not mixed with these. */
async function prepareFolder({ folder, source, words }: RenderParts, plan: ExportPlan): Promise<void> {
  const all = JSON.stringify([PIECES_VERSION, plan, source.people, source.session, words]);
  const version = createHash("sha256").update(all).digest("hex");
  const file = join(folder, VERSION_FILE);
  if ((await readFile(file, "utf8").catch(() => "")) === version) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(file, version);
}

/** Makes a piece that is not there yet: written aside, and named once it is on the disk. */
async function makePiece(
  { folder, check }: RenderParts,
  file: string,
  render: (out: string) => Promise<void>,
): Promise<void> {
  if ((await sizeOf(join(folder, file))) !== null) return;
  await check();
  const out = `${file}.part`;
  await render(out);
  await settle(join(folder, out), join(folder, file));
}

async function settle(aside: string, file: string): Promise<void> {
  const handle = await open(aside, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
}

async function renderShot(
  parts: RenderParts,
  pictures: ReturnType<typeof createExportPictures>,
  shot: Shot,
  name: string,
  out: string,
  onProgress: (outMs: number) => void,
): Promise<void> {
  const said = await attempt(true);
  // A segment that cannot be read costs its picture, not the export.
  const saidAgain = said === null ? null : await attempt(false);
  if (saidAgain !== null) throw new RenderFault(saidAgain);

  async function attempt(hasTracks: boolean): Promise<string | null> {
    const span = { fromMs: shot.startMs, toMs: shot.startMs + shot.frames * FRAME_MS, pieceMs: shot.startMs };
    const moving = async (trackId: string, what: string) =>
      hasTracks ? await listInput(parts, trackId, span, `${name}-${what}.ffconcat`) : null;
    const { stage, corner } = shot;
    const stageInput =
      (stage.kind === "track" ? await moving(stage.trackId, "stage") : null) ?? (await pictures.stage(stage));
    const cornerTrack = corner?.trackId ? await moving(corner.trackId, "corner") : null;
    const cornerInput: Input | null = cornerTrack ?? (corner ? await pictures.corner(corner.personId) : null);
    const label = cornerTrack
      ? await pictures.cornerLabel(corner?.personId ?? null)
      : stageInput?.kind === "list" && stage.kind === "track"
        ? await pictures.stageLabel(stage.personId)
        : null;
    const inputs = {
      frames: shot.frames,
      stage: stageInput,
      // Nothing of a slide is covered by a camera; a shared screen has small letters and needs all the room.
      isStageBeside: stage.kind === "slide" && cornerTrack !== null,
      corner: cornerInput,
      label,
      out,
    };
    const args = shotArguments(inputs);
    return parts.run((tell) => parts.start(args, tell), onProgress);
  }
}

async function renderSound(parts: RenderParts, piece: SoundPiece, name: string, out: string): Promise<void> {
  const { startMs, frames } = piece;
  const span = { fromMs: startMs - LEAD_MS, toMs: startMs + frames * FRAME_MS, pieceMs: startMs };
  const lists: { file: string; offsetMs: number }[] = [];
  for (const trackId of piece.trackIds) {
    const input = await listInput(parts, trackId, span, `${name}-${trackId}.ffconcat`);
    if (input) lists.push(input);
  }
  const render = (some: typeof lists) =>
    parts.run(
      (tell) => parts.start(soundArguments({ frames, lists: some, out }), tell),
      () => undefined,
    );
  const said = await render(lists);
  if (said === null) return;
  const readable = [];
  for (const list of lists) if ((await render([list])) === null) readable.push(list);
  const saidAgain = await render(readable);
  if (saidAgain !== null) throw new RenderFault(saidAgain);
}

/** Writes the list of a track's segments that are there; null where none is. */
async function listInput(
  { folder, recordingFolder, source }: RenderParts,
  trackId: string,
  span: Parameters<typeof segmentListFrom>[1],
  file: string,
): Promise<Extract<Input, { kind: "list" }> | null> {
  const track = source.tracks.find((one) => one.trackId === trackId);
  if (!track) return null;
  const list: SegmentList | null = await segmentListFrom(track, span, "../..", (path) =>
    sizeOf(join(recordingFolder, path)).then((bytes) => bytes !== null),
  );
  if (!list) return null;
  await writeFile(join(folder, file), list.text);
  return { kind: "list", file, offsetMs: list.offsetMs };
}

async function joinPieces(
  parts: RenderParts,
  plan: ExportPlan,
  shots: readonly { readonly file: string; readonly frames: number }[],
  sounds: readonly { readonly file: string; readonly frames: number }[],
): Promise<number> {
  const { folder, source, words } = parts;
  await parts.check();
  const named = plan.chapters.map(({ atMs, chapter }) => ({ atMs, title: chapterTitleFrom(chapter, words) }));
  // The first chapter of an MP4 begins with it.
  const isLate = named[0] !== undefined && named[0].atMs > 0;
  const chapters = isLate ? [{ atMs: 0, title: source.session.title }, ...named] : named;
  const facts = {
    title: `${source.session.title} – ${source.session.programme}`,
    date: new Date(source.startAt).toISOString(),
    durationMs: plan.frames * FRAME_MS,
    chapters,
  };
  await writeFile(join(folder, "shots.ffconcat"), pieceListFrom(shots));
  await writeFile(join(folder, "sounds.ffconcat"), pieceListFrom(sounds));
  await writeFile(join(folder, "facts.txt"), factsText(facts));
  const out = `${EXPORT_FILE}.part`;
  const args = joinArguments({
    shots: "shots.ffconcat",
    sounds: "sounds.ffconcat",
    facts: "facts.txt",
    language: words.languageCode,
    out,
  });
  const said = await parts.run(
    (tell) => parts.start(args, tell),
    () => undefined,
  );
  if (said !== null) throw new RenderFault(said);
  await settle(join(folder, out), join(folder, EXPORT_FILE));
  return finished(folder, (await stat(join(folder, EXPORT_FILE))).size);
}

/** Takes the pieces away, whose room nobody needs any more. */
async function finished(folder: string, bytes: number): Promise<number> {
  for (const name of await readdir(folder)) {
    if (name !== EXPORT_FILE && name !== VERSION_FILE) await rm(join(folder, name), { force: true });
  }
  return bytes;
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ size }) => size,
    () => null,
  );
}
