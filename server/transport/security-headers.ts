import type { RequestHandler } from "express";
import helmet from "helmet";
import type { ClassNodes } from "../ports.ts";

/**
 * The headers of every answer. Our client needs scripts, styles and workers of our own origin, sockets to it,
 * pictures and sound from blobs and data, and nothing of anybody else. Styles may stand in elements: tiles
 * are placed by them. In a cluster sockets go to the class's home node, whose address may be another, and pictures come from
 * another node where the page's own is gone.
 */
export function createSecurityHeaders(publicUrl: string, nodes: ClassNodes | null): RequestHandler {
  const { protocol, host } = new URL(publicUrl);
  const isSecure = protocol === "https:";
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": [() => ["'self'", ...(nodes?.urls() ?? []), "data:", "blob:"].join(" ")],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:", "mediastream:"],
        "connect-src": ["'self'", `${isSecure ? "wss" : "ws"}://${host}`, () => nodeSources(nodes)],
        "worker-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    // Only where the address is https: plain http on a local network must go on working.
    strictTransportSecurity: isSecure,
    crossOriginEmbedderPolicy: false,
    originAgentCluster: isSecure,
    crossOriginOpenerPolicy: isSecure ? { policy: "same-origin" } : false,
    // The address of a class names a link: tell it to nobody.
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
}

/** Each node's address, for requests and for sockets. */
function nodeSources(nodes: ClassNodes | null): string {
  const urls = nodes?.urls() ?? [];
  return ["'self'", ...urls.flatMap((url) => [url, url.replace(/^http/, "ws")])].join(" ");
}
