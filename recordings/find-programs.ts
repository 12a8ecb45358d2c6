import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

export interface Programs {
  readonly ffmpeg: string;
  /** util-linux's: ends ffmpeg with the server, however that dies; null where there is none. */
  readonly setpriv: string | null;
}

/** Looks in these folders (a PATH) for what records; null without ffmpeg. */
export async function findPrograms(path: string): Promise<Programs | null> {
  const ffmpeg = await findProgram("ffmpeg", path);
  return ffmpeg === null ? null : { ffmpeg, setpriv: await findProgram("setpriv", path) };
}

/** The first of this name in the folders of a PATH that can be run; null without one. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}
