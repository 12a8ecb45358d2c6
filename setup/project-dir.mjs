import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder, wherever the command was started. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
