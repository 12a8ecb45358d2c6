/** Wide enough to read a share by, small enough for a thin line. */
const WIDTH = 960;
const QUALITY = 40;

/** Arguments of ffmpeg that draw what a segment shows at a second of its file, as WebP onto standard output. */
export function stillArguments(segmentFile: string, second: number): readonly string[] {
  // The picture that came last stays, however long ago that was, also behind the file's end.
  const held = "fps=10:start_time=0,tpad=stop_mode=clone:stop=-1";
  const filter = `${held},trim=start=${second},scale='min(${WIDTH},iw)':-2`;
  const codec = ["-c:v", "libwebp", "-quality", String(QUALITY), "-compression_level", "2"];
  return ["-i", segmentFile, "-an", "-vf", filter, "-frames:v", "1", ...codec, "-f", "image2pipe", "pipe:1"];
}
