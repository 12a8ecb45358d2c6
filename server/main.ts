import { readFile } from "node:fs/promises";
import { createApp } from "./app.ts";
import { runCli } from "./cli.ts";
import { type Config, ConfigError, configFrom } from "./config.ts";
import { createLog } from "./log.ts";
import { readyText } from "./ready-text.ts";

/** Without words it serves; with words it carries out a command (`npm run balai -- …`). */
async function main(argv: readonly string[]): Promise<void> {
  const config = readConfig();
  if (argv.length === 0) return serve(config);
  const { stdout, stderr } = process;
  process.exitCode = await runCli(argv, config, {
    stdout,
    stderr,
    readFile: (file) => readFile(file, "utf8"),
  });
}

function readConfig(): Config {
  try {
    return configFrom(process.env);
  } catch (err) {
    if (err instanceof ConfigError) fail(err.message);
    throw err;
  }
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  // Nothing is written any more: what this server knows is another one's now.
  const onLockLost = (why: string) => fail(`Balai stopped: ${why}.`);
  const app = await createApp(config, log, onLockLost).catch((err: unknown) => {
    log.debug({ err }, "the server could not start");
    return fail(`Balai could not start: ${reasonOf(err)}.`);
  });
  const { url, links } = app;
  const ready = JSON.stringify({ ready: true, url, ...(links ? { links } : {}) });
  process.stdout.write(process.stdout.isTTY ? readyText(url, links) : `${ready}\n`);

  // A signal can come twice, from the terminal and from set-up, which passes it on: the second changes nothing.
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    app.close().then(
      () => process.exit(0),
      (err) => {
        log.error({ err }, "the server did not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** The sentence of a fault and of what caused it; the rest is in the log at level debug. */
function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  return err.cause instanceof Error ? `${err.message} (${err.cause.message})` : err.message;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

await main(process.argv.slice(2));
