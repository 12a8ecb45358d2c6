#include "receive.h"

#include <stdlib.h>
#include <string.h>

#include "feedback.h"
#include "rtcp.h"
#include "wire.h"

#define RTP_HEADER_BYTES 12
#define ONE_BYTE_EXTENSIONS 0xBEDE
/* mediasoup's stream of padding that probes for bandwidth. */
#define PROBATION_SSRC 1234
/* How long a browser's decoder waits before it asks for a keyframe again. */
#define KEY_PATIENCE_NS (500 * NS_PER_MS)
#define STAMP_BYTES 8

static uint8_t is_audio_type[128];
static int transport_cc;

void set_audio_types(const char *list) {
  for (char *rest = (char *)list; *rest != 0; rest += *rest == ',') is_audio_type[strtol(rest, &rest, 10) & 127] = 1;
}

void set_transport_cc(int extension) { transport_cc = extension; }

static stream *stream_of(peer *one, uint32_t ssrc) {
  for (int at = 0; at < one->stream_count; at++)
    if (one->streams[at].ssrc == ssrc) return &one->streams[at];
  if (one->stream_count == MAX_STREAMS) return NULL;
  stream *made = &one->streams[one->stream_count++];
  made->ssrc = ssrc;
  return made;
}

static void note_transport_wide(peer *to, const uint8_t *packet, int length, uint64_t at) {
  if (transport_cc == 0 || (packet[0] & 0x10) == 0) return;
  const uint8_t *header = packet + RTP_HEADER_BYTES + 4 * (packet[0] & 15);
  if (header + 4 > packet + length || get16(header) != ONE_BYTE_EXTENSIONS) return;
  const uint8_t *one = header + 4, *end = one + 4 * get16(header + 2);
  if (end > packet + length) return;
  while (one < end) {
    if (*one == 0) {
      one++;
      continue;
    }
    if (*one >> 4 == transport_cc) return note_arrival(to, get16(one + 1), at);
    one += 2 + (*one & 15);
  }
}

/* RFC 3550, A.1 and A.8. */
static void count(stream *to, const uint8_t *packet, uint64_t at) {
  uint16_t sequence = get16(packet + 2);
  if (!to->is_begun) {
    to->is_begun = 1;
    to->newest = sequence;
    to->first = sequence;
    to->marked_newest = sequence - 1u;
    to->first_at = at;
    to->next_pli_at = at + KEY_PATIENCE_NS;
  } else if ((uint16_t)(sequence - to->newest) < 0x8000) {
    if (sequence < to->newest) to->cycles += 0x10000;
    to->newest = sequence;
  }
  to->received++;
  uint32_t clock = to->is_video ? 90000 : 48000;
  uint32_t transit = (uint32_t)(at / 1000 * clock / 1000000) - get32(packet + 4);
  if (to->last_transit_set) to->jitter += (abs((int32_t)(transit - to->last_transit)) - to->jitter) / 16;
  to->last_transit = transit;
  to->last_transit_set = 1;
}

/* Where VP8 begins in a payload (RFC 7741); NULL where it is none. */
static const uint8_t *vp8_of(const uint8_t *payload, const uint8_t *end, int *is_start) {
  *is_start = (payload[0] & 0x17) == 0x10;
  const uint8_t *at = payload + 1;
  if (payload[0] & 0x80) {
    uint8_t fields = *at++;
    if (fields & 0x80) at += *at & 0x80 ? 2 : 1;
    if (fields & 0x40) at++;
    if (fields & 0x30) at++;
  }
  return at < end ? at : NULL;
}

/* A keyframe counts when all its packets came in one row up to the one with the marker. */
static void follow_keyframe(stream *to, const uint8_t *packet, int length, uint64_t at) {
  int header = RTP_HEADER_BYTES + 4 * (packet[0] & 15), is_start;
  if (packet[0] & 0x10) header += 4 + 4 * get16(packet + header + 2);
  if (header + 8 > length) return;
  const uint8_t *frame = vp8_of(packet + header, packet + length, &is_start);
  if (frame == NULL) return;
  uint16_t sequence = get16(packet + 2);
  if (is_start) {
    to->is_in_key = (*frame & 1) == 0;
    to->key_next = sequence;
  }
  if (!to->is_in_key) return;
  if (sequence != to->key_next) {
    to->is_in_key = 0;
    return;
  }
  to->key_next++;
  if (packet[1] & 0x80) to->key_at = at;
}

/* Every last packet of a picture and every packet of sound ends with the time at which it was sent. */
static void take_latency(tally *into, const uint8_t *packet, int length, uint64_t at) {
  uint64_t sent_at;
  memcpy(&sent_at, packet + length - STAMP_BYTES, STAMP_BYTES);
  if (sent_at > at || at - sent_at > 20 * NS_PER_S) return;
  uint64_t step = (at - sent_at) / LATENCY_STEP_NS;
  into->latency[step < LATENCY_STEPS ? step : LATENCY_STEPS - 1]++;
  into->latencies++;
}

void take_rtp(peer *to, const uint8_t *packet, int length, uint64_t at) {
  if (length < RTP_HEADER_BYTES + STAMP_BYTES || length > MAX_PACKET) return;
  note_transport_wide(to, packet, length, at);
  if (get32(packet + 8) == PROBATION_SSRC) return;
  stream *into = stream_of(to, get32(packet + 8));
  if (into == NULL) return;
  into->is_video = !is_audio_type[packet[1] & 127];
  count(into, packet, at);
  tally *group = &tallies[to->group];
  group->packets++;
  group->bytes += length;
  int wants_key = into->is_video && into->key_at == 0;
  if (!to->is_up || (!to->is_sampled && !wants_key)) return;
  uint8_t plain[MAX_PACKET];
  memcpy(plain, packet, length);
  if (srtp_unprotect(to->incoming, plain, &length) != srtp_err_status_ok) {
    group->undecipherable++;
    return;
  }
  if (wants_key) follow_keyframe(into, plain, length, at);
  if (to->is_sampled && (!into->is_video || plain[1] & 0x80)) take_latency(group, plain, length, at);
}

void report_received(peer *one, uint64_t now) {
  for (int at = 0; at < one->stream_count; at++) {
    stream *to = &one->streams[at];
    if (!to->is_video || to->key_at != 0 || now < to->next_pli_at) continue;
    to->next_pli_at = now + KEY_PATIENCE_NS;
    ask_for_keyframe(one, to->ssrc);
  }
  if (now >= one->next_report_at) {
    one->next_report_at = now + NS_PER_S;
    if (one->stream_count > 0) send_receiver_report(one);
  }
  if (transport_cc != 0 && now >= one->next_feedback_at) {
    one->next_feedback_at = now + 100 * NS_PER_MS;
    send_feedback(one);
  }
}
