import { accept, type Result, refuse } from "../server/protocol/errors.ts";

interface Circumstances {
  /** What was asked, for the error's message. */
  readonly what: string;
  /** False once the transport, router or worker is gone: then nobody is to blame. */
  isAlive(): boolean;
}

/**
 * Asks the worker for something whose content came from a client: whatever mediasoup has against it becomes
 * `media-bad-parameters`, or `media-unavailable` if the worker died meanwhile.
 */
export async function askForClient<Data>(
  { what, isAlive }: Circumstances,
  request: () => Promise<Data>,
): Promise<Result<Data>> {
  try {
    return accept(await request());
  } catch (error) {
    if (!isAlive()) return refuse("media-unavailable", what);
    const reason = error instanceof Error ? error.message : String(error);
    return refuse("media-bad-parameters", `${what}: ${reason}`.slice(0, 300));
  }
}

/**
 * Asks the worker for something that cannot fail by a client's fault: throws with the cause, or refuses
 * `media-unavailable` if the worker died meanwhile.
 */
export async function ask<Data>(
  { what, isAlive }: Circumstances,
  request: () => Promise<Data>,
): Promise<Result<Data>> {
  try {
    return accept(await request());
  } catch (cause) {
    if (!isAlive()) return refuse("media-unavailable", what);
    throw new Error(`${what} failed`, { cause });
  }
}
