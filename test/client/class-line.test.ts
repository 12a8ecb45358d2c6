import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClassLine } from "../../client/class/class-line.ts";

const socket = vi.hoisted(() => ({
  connected: false,
  active: true,
  handlers: new Map<string, (argument?: unknown) => void>(),
}));
vi.mock("socket.io-client", () => ({
  io: () => ({
    get connected() {
      return socket.connected;
    },
    active: socket.active,
    on: (name: string, handler: () => void) => socket.handlers.set(name, handler),
    disconnect() {},
  }),
}));

function heard() {
  const told: string[] = [];
  const listener = {
    onOpen: () => told.push("open"),
    onLost: () => told.push("lost"),
    onRefused: (code: string) => told.push(code),
  };
  return { told, listener };
}

beforeEach(() => {
  socket.connected = false;
  socket.handlers.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a line that is laid before one enters", () => {
  it("FF1 tells whoever takes it over that it is there", () => {
    const line = createClassLine({ linkId: "lnk_1", cluster: null });
    socket.connected = true;
    socket.handlers.get("connect")?.();
    const { told, listener } = heard();
    line.follow(listener);
    socket.handlers.get("disconnect")?.("transport close");
    expect(told).toEqual(["open", "lost"]);
    line.close();
  });

  it("FF1 tells whoever takes it over that it was refused", () => {
    const line = createClassLine({ linkId: "lnk_1", cluster: null });
    socket.handlers.get("connect_error")?.(Object.assign(new Error(), { data: { code: "link-revoked" } }));
    const { told, listener } = heard();
    line.follow(listener);
    expect(told).toEqual(["link-revoked"]);
    line.close();
  });
});
