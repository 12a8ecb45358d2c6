import type { Server } from "socket.io";
import type { Sockets } from "../live/live-class.ts";

/** The way from classes to their sockets; socket.io encodes a message once for all its receivers. */
export function socketsOf(io: Server): Sockets {
  return {
    send(socketIds, name, message) {
      if (socketIds.length > 0) io.to([...socketIds]).emit(name, message);
    },
    end(socketId, reason) {
      const socket = io.sockets.sockets.get(socketId);
      if (reason !== "moved") socket?.emit("ended", { reason });
      socket?.disconnect();
    },
  };
}
