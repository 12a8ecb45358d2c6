import { fileURLToPath } from "node:url";
import express, { type Router } from "express";

const BUILT = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const HOUR_MS = 3_600_000;
const PAGES = [
  /^\/$/,
  /^\/join$/,
  /^\/class\//,
  /^\/check-in\//,
  /^\/admin(\/|$)/,
  /^\/recording\//,
  /^\/shared$/,
  /^\/verify(\/|$)/,
];

/** The built client: its files, and its one page at every address that it knows. */
export function clientPages(): Router {
  const router = express.Router();
  router.use(
    "/assets",
    express.static(`${BUILT}assets`, { immutable: true, maxAge: 365 * 24 * HOUR_MS, fallthrough: false }),
  );
  router.use(express.static(BUILT, { index: false, maxAge: HOUR_MS }));
  router.get(PAGES, (_request, response) => {
    response.set("Cache-Control", "no-cache").sendFile("index.html", { root: BUILT });
  });
  router.use((_request, response) => {
    response.status(404).set("Cache-Control", "no-cache").sendFile("index.html", { root: BUILT });
  });
  return router;
}
