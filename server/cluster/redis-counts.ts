import { z } from "zod";
import type { GuardCounts } from "../ports.ts";
import { countKey } from "./redis-keys.ts";
import type { RedisLink } from "./redis-link.ts";

const SWAP = `
  local now = redis.call('get', KEYS[1])
  if (now or '') ~= ARGV[1] then return 0 end
  if ARGV[2] == '' then redis.call('del', KEYS[1]) else redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
  return 1
`;
const ADD = `
  local value = redis.call('incrby', KEYS[1], ARGV[1])
  if value < 0 then redis.call('set', KEYS[1], 0, 'KEEPTTL') value = 0 end
  if redis.call('pttl', KEYS[1]) < 0 then redis.call('pexpire', KEYS[1], ARGV[2]) end
  return { value, redis.call('pttl', KEYS[1]) }
`;
const addedSchema = z.tuple([z.int(), z.int()]);

/** Counts that all nodes share; while Redis is gone each node counts for itself, in `own`. */
export function createRedisCounts({ commands }: Pick<RedisLink, "commands">, own: GuardCounts): GuardCounts {
  return {
    get: (key) => commands.get(countKey(key)).catch(() => own.get(key)),
    swap: (key, before, after, livesMs) =>
      commands.eval(SWAP, 1, countKey(key), before ?? "", after ?? "", livesMs).then(
        (done) => done === 1,
        () => own.swap(key, before, after, livesMs),
      ),
    add: (key, by, livesMs) =>
      commands.eval(ADD, 1, countKey(key), by, livesMs).then(
        (added) => {
          const [value, endsInMs] = addedSchema.parse(added);
          return { value, endsInMs };
        },
        () => own.add(key, by, livesMs),
      ),
  };
}
