import type { SessionId } from "../protocol/ids.ts";

/** Which installation a Redis database belongs to. */
export const INSTALLATION_KEY = "balai:installation";
/** The names of all nodes of late. */
export const NODES_KEY = "balai:nodes";

/** What a node says of itself, for as long as it lives. */
export const nodeKey = (name: string) => `balai:node:${name}`;
/** The id of the node that runs a class, for as long as it renews this. */
export const classKey = (sessionId: SessionId) => `balai:class:${sessionId}`;
/** The node that does a piece of work which one alone should do. */
export const workKey = (name: string) => `balai:work:${name}`;
/** What a guard against guessing counts; it is forgotten by itself. */
export const countKey = (name: string) => `balai:count:${name}`;
/** What is sent to one node, by its id. */
export const nodeChannel = (id: string) => `balai:to:${id}`;
/** What is sent to all. */
export const EVERYBODY_CHANNEL = "balai:to-all";
