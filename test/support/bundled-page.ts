import { build } from "vite";

/** One script of everything that the entry imports, for a page that a test serves. */
export async function bundledPage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["es"], fileName: "page" } },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("the test page was not built");
  return output.output[0].code;
}
