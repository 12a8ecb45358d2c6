/**
 * How Node runs the server. Most of what a class makes is gone the next moment; in a young generation of 8 MB it is found
 * while there is little of it, and a person in a class of hundreds costs 29 kB of memory instead of a hundred
 * (docs/performance.md).
 */
export const SERVER_NODE_OPTIONS = ["--max-semi-space-size=8"];
