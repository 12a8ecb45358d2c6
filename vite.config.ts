import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

const SERVER = `http://127.0.0.1:${process.env.PORT ?? 3000}`;

export default defineConfig({
  root: "client",
  plugins: [preact()],
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: addresses for scripts and fonts.
    assetsInlineLimit: 0,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": SERVER, "/socket.io": { target: SERVER, ws: true } },
  },
});
