#include "feedback.h"

#include <string.h>

#include "rtcp.h"
#include "wire.h"

#define TRANSPORT_FEEDBACK 205
#define FORMAT 15
#define HEADER_BYTES 20
/* Deltas are of 250 us, the reference time of 64 ms. */
#define DELTA_NS 250000
#define DELTAS_PER_REFERENCE 256
#define MAX_RUN 8191
#define NOT_RECEIVED 0
#define SMALL_DELTA 1
#define LARGE_DELTA 2
/* More than this does not fit into one packet with all deltas large. */
#define MOST_TOLD 400

void note_arrival(peer *to, uint16_t sequence, uint64_t at) {
  if (!to->has_feedback) {
    to->has_feedback = 1;
    to->feedback_base = sequence;
    to->feedback_count = 0;
  }
  uint16_t offset = sequence - to->feedback_base;
  if (offset >= FEEDBACK_PACKETS) {
    /* Older than what was told already, which is over; or far ahead after a standstill: begin anew there. */
    if (offset < 0x8000) {
      to->feedback_base = sequence;
      to->feedback_count = 1;
      to->feedback_at[0] = at;
    }
    return;
  }
  while (to->feedback_count <= offset) to->feedback_at[to->feedback_count++] = 0;
  to->feedback_at[offset] = at;
}

static int write_runs(uint8_t *to, const uint8_t *symbols, int count) {
  int length = 0;
  for (int at = 0; at < count;) {
    int end = at;
    while (end < count && symbols[end] == symbols[at] && end - at < MAX_RUN) end++;
    put16(to + length, symbols[at] << 13 | (end - at));
    length += 2;
    at = end;
  }
  return length;
}

void send_feedback(peer *from) {
  int count = from->feedback_count < MOST_TOLD ? from->feedback_count : MOST_TOLD, begin = 0;
  while (begin < count && from->feedback_at[begin] == 0) begin++;
  if (begin == count) return;
  uint8_t packet[HEADER_BYTES + 2 * MOST_TOLD + 2 * MOST_TOLD + 64], symbols[MOST_TOLD];
  int16_t deltas[MOST_TOLD];
  int64_t reference = from->feedback_at[begin] / DELTA_NS / DELTAS_PER_REFERENCE;
  int64_t last = reference * DELTAS_PER_REFERENCE;
  for (int at = 0; at < count; at++) {
    symbols[at] = NOT_RECEIVED;
    if (from->feedback_at[at] == 0) continue;
    int64_t delta = from->feedback_at[at] / DELTA_NS - last;
    last += delta;
    deltas[at] = delta;
    symbols[at] = delta >= 0 && delta < 256 ? SMALL_DELTA : LARGE_DELTA;
  }
  put32(packet + 8, from->streams[0].ssrc);
  put16(packet + 12, from->feedback_base);
  put16(packet + 14, count);
  put24(packet + 16, reference);
  packet[19] = from->feedback_number++;
  int length = HEADER_BYTES + write_runs(packet + HEADER_BYTES, symbols, count);
  for (int at = 0; at < count; at++) {
    if (symbols[at] == SMALL_DELTA) packet[length++] = deltas[at];
    if (symbols[at] != LARGE_DELTA) continue;
    put16(packet + length, deltas[at]);
    length += 2;
  }
  while (length & 3) packet[length++] = 0;
  send_rtcp(from, packet, length, TRANSPORT_FEEDBACK, FORMAT);
  from->feedback_base += count;
  from->feedback_count -= count;
  memmove(from->feedback_at, from->feedback_at + count, from->feedback_count * sizeof *from->feedback_at);
}
