import type { Server } from "socket.io";
import type { Sockets } from "../live/live-class.ts";

/** The way from classes to their sockets; socket.io encodes a message once for all its receivers. */
export function socketsOf(io: Server): Sockets {
  return {
    send(socketIds, name, message) {
      const [only] = socketIds;
      // Most messages of a joining are one person's: they need no looking up of rooms.
      if (socketIds.length === 1 && only !== undefined) io.sockets.sockets.get(only)?.emit(name, message);
      else if (socketIds.length > 0) io.to([...socketIds]).emit(name, message);
    },
    end(socketId, reason) {
      const socket = io.sockets.sockets.get(socketId);
      if (reason !== "moved") socket?.emit("ended", { reason });
      socket?.disconnect();
    },
  };
}
