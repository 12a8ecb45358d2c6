#ifndef WIRE_H
#define WIRE_H

#include <stdint.h>

/* Numbers in network order, and the clock that every time in this program is of. */

static inline void put16(uint8_t *at, uint16_t value) {
  at[0] = value >> 8;
  at[1] = value;
}

static inline void put24(uint8_t *at, uint32_t value) {
  at[0] = value >> 16;
  at[1] = value >> 8;
  at[2] = value;
}

static inline void put32(uint8_t *at, uint32_t value) {
  put16(at, value >> 16);
  put16(at + 2, value);
}

static inline uint16_t get16(const uint8_t *at) { return at[0] << 8 | at[1]; }

static inline uint32_t get32(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

#define NS_PER_MS 1000000ull
#define NS_PER_S 1000000000ull

/* CLOCK_MONOTONIC in nanoseconds: the clock of Node's process.hrtime() too. */
uint64_t now_ns(void);

#endif
