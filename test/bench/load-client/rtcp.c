#include "rtcp.h"

#include <string.h>
#include <time.h>

#include "publish.h"
#include "wire.h"

#define SENDER_REPORT 200
#define RECEIVER_REPORT 201
#define TRANSPORT_FEEDBACK 205
#define PAYLOAD_FEEDBACK 206
#define GENERIC_NACK 1
#define PICTURE_LOSS 1
#define FULL_INTRA_REQUEST 4
#define MAX_BLOCKS 20
#define NTP_EPOCH_S 2208988800u

uint32_t reporter_of(const peer *one) {
  return one->source_count > 0 ? one->sources[0].ssrc : 0x10000000u + one->id;
}

void send_rtcp(peer *from, uint8_t *packet, int length, uint8_t kind, uint8_t count) {
  if (!from->is_up) return;
  uint8_t sealed[MAX_PACKET + 64];
  if (length > MAX_PACKET) return;
  memcpy(sealed, packet, length);
  sealed[0] = 0x80 | count;
  sealed[1] = kind;
  put16(sealed + 2, length / 4 - 1);
  put32(sealed + 4, reporter_of(from));
  if (srtp_protect_rtcp(from->outgoing, sealed, &length) == srtp_err_status_ok) send_packet(from, sealed, length);
}

void send_receiver_report(peer *from) {
  uint8_t packet[8 + 24 * MAX_BLOCKS];
  int length = 8, blocks = 0;
  for (int at = 0; at < from->stream_count && blocks < MAX_BLOCKS; at++, blocks++) {
    stream *of = &from->streams[at];
    uint32_t newest = of->cycles + of->newest;
    uint64_t expected = (uint64_t)newest - of->first + 1;
    uint64_t expected_now = expected - of->told_expected, received_now = of->received - of->told_received;
    uint8_t *block = packet + length;
    put32(block, of->ssrc);
    block[4] = expected_now > received_now ? (expected_now - received_now) * 256 / (expected_now + 1) : 0;
    put24(block + 5, expected > of->received ? expected - of->received : 0);
    put32(block + 8, newest);
    put32(block + 12, (uint32_t)of->jitter);
    memset(block + 16, 0, 8);
    of->told_expected = expected;
    of->told_received = of->received;
    length += 24;
  }
  send_rtcp(from, packet, length, RECEIVER_REPORT, blocks);
}

void ask_for_keyframe(peer *from, uint32_t ssrc) {
  uint8_t packet[12];
  put32(packet + 8, ssrc);
  send_rtcp(from, packet, sizeof packet, PAYLOAD_FEEDBACK, PICTURE_LOSS);
}

void send_sender_report(peer *from, const source *of, uint64_t now) {
  uint8_t packet[28];
  struct timespec real;
  clock_gettime(CLOCK_REALTIME, &real);
  put32(packet + 8, (uint32_t)(real.tv_sec + NTP_EPOCH_S));
  put32(packet + 12, (uint32_t)(((uint64_t)real.tv_nsec << 32) / NS_PER_S));
  put32(packet + 16, rtp_time(of, now));
  put32(packet + 20, (uint32_t)of->packets);
  put32(packet + 24, (uint32_t)of->bytes);
  /* The reporter is the first source of a peer: others say so themselves. */
  uint8_t sealed[MAX_PACKET];
  int length = sizeof packet;
  memcpy(sealed, packet, length);
  sealed[0] = 0x80;
  sealed[1] = SENDER_REPORT;
  put16(sealed + 2, length / 4 - 1);
  put32(sealed + 4, of->ssrc);
  if (srtp_protect_rtcp(from->outgoing, sealed, &length) == srtp_err_status_ok) send_packet(from, sealed, length);
}

static source *source_of(peer *one, uint32_t ssrc) {
  for (int at = 0; at < one->source_count; at++)
    if (one->sources[at].ssrc == ssrc) return &one->sources[at];
  return NULL;
}

/* Each pair names a packet and, by bits, the sixteen after it (RFC 4585). */
static void take_nack(peer *to, source *of, const uint8_t *pairs, const uint8_t *end) {
  for (; pairs + 4 <= end; pairs += 4) {
    uint16_t first = get16(pairs), others = get16(pairs + 2);
    send_again(to, of, first);
    for (int bit = 0; bit < 16; bit++)
      if (others >> bit & 1) send_again(to, of, first + 1 + bit);
  }
}

void take_rtcp(peer *to, const uint8_t *packet, int length) {
  if (!to->is_up || to->source_count == 0 || length > MAX_PACKET) return;
  uint8_t plain[MAX_PACKET];
  memcpy(plain, packet, length);
  if (srtp_unprotect_rtcp(to->incoming, plain, &length) != srtp_err_status_ok) return;
  const uint8_t *end = plain + length;
  for (const uint8_t *one = plain; one + 12 <= end;) {
    const uint8_t *next = one + 4 * (get16(one + 2) + 1);
    int format = one[0] & 31;
    if (next > end) return;
    /* The intra request's SSRC stands in its entry. */
    int is_intra = one[1] == PAYLOAD_FEEDBACK && format == FULL_INTRA_REQUEST && one + 16 <= next;
    source *of = source_of(to, get32(one + (is_intra ? 12 : 8)));
    if (of != NULL && one[1] == PAYLOAD_FEEDBACK && (format == PICTURE_LOSS || is_intra)) {
      of->wants_key = 1;
      of->keys_asked++;
    }
    if (of != NULL && one[1] == TRANSPORT_FEEDBACK && format == GENERIC_NACK) take_nack(to, of, one + 12, next);
    one = next;
  }
}
