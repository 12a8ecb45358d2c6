import { randomInt } from "node:crypto";
import type { IdOf, IdPrefix } from "./protocol/ids.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 16 characters of 62: 95 bits. */
const LENGTH = 16;

/** A new random id. */
export function newId<Prefix extends IdPrefix>(prefix: Prefix): IdOf[Prefix] {
  let id = `${prefix}_`;
  for (let index = 0; index < LENGTH; index++) id += ALPHABET[randomInt(ALPHABET.length)];
  return id as IdOf[Prefix];
}
