#include "publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rtcp.h"
#include "wire.h"

#define MAX_FILMS 16
#define MAX_PUBLISHERS 256
#define RTP_HEADER_BYTES 12
#define PAYLOAD_BYTES 1100
#define STAMP_BYTES 8
#define SOUND_BYTES 80
#define SOUND_NS (20 * NS_PER_MS)
#define IVF_HEADER_BYTES 32
#define IVF_FRAME_HEADER_BYTES 12

typedef struct {
  uint8_t *bytes;
  int length, is_key;
} frame;

typedef struct {
  frame *frames;
  int count;
  uint64_t frame_ns;
} film;

static film films[MAX_FILMS];
static int film_count;
static peer *publishers[MAX_PUBLISHERS];
static int publisher_count;

static uint32_t little32(const uint8_t *at) {
  return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}

void read_film(const char *path) {
  uint8_t header[IVF_HEADER_BYTES], frame_header[IVF_FRAME_HEADER_BYTES];
  FILE *file = fopen(path, "rb");
  if (file == NULL || film_count == MAX_FILMS || fread(header, 1, sizeof header, file) != sizeof header) {
    fprintf(stderr, "%s cannot be read\n", path);
    exit(1);
  }
  film *made = &films[film_count++];
  made->frame_ns = NS_PER_S * little32(header + 20) / little32(header + 16);
  while (fread(frame_header, 1, sizeof frame_header, file) == sizeof frame_header) {
    made->frames = realloc(made->frames, (made->count + 1) * sizeof *made->frames);
    frame *one = &made->frames[made->count++];
    one->length = little32(frame_header);
    one->bytes = malloc(one->length);
    if (fread(one->bytes, 1, one->length, file) != (size_t)one->length) exit(1);
    one->is_key = (one->bytes[0] & 1) == 0;
  }
  fclose(file);
  if (made->count == 0) exit(1);
}

int add_source(peer *to, const source_order *order) {
  if (to->source_count == MAX_SOURCES || (!order->is_audio && order->film >= film_count)) return 0;
  if (to->sources == NULL) {
    if (publisher_count == MAX_PUBLISHERS) return 0;
    to->sources = calloc(MAX_SOURCES, sizeof *to->sources);
    publishers[publisher_count++] = to;
  }
  source *made = &to->sources[to->source_count++];
  made->ssrc = order->ssrc;
  made->is_audio = order->is_audio;
  made->payload_type = order->payload_type;
  made->mid_extension = order->mid_extension;
  made->film = order->film;
  snprintf(made->mid, sizeof made->mid, "%s", order->mid);
  made->sequence = rand();
  made->kept = calloc(SENT_KEPT, sizeof *made->kept);
  return 1;
}

void set_hushed(uint32_t ssrc, int is_hushed) {
  for (int at = 0; at < publisher_count; at++)
    for (int which = 0; which < publishers[at]->source_count; which++) {
      source *of = &publishers[at]->sources[which];
      if (of->ssrc != ssrc) continue;
      of->is_hushed = is_hushed;
      of->next_at = 0;
    }
}

uint32_t rtp_time(const source *of, uint64_t at) {
  uint64_t clock = of->is_audio ? 48000 : 90000;
  return (uint32_t)(at / 1000 * clock / 1000000);
}

/* Header and the extension with the mid; returns where the payload begins. */
static int begin_packet(source *of, uint8_t *packet, uint64_t at, int has_marker) {
  packet[0] = 0x80;
  packet[1] = of->payload_type | (has_marker ? 0x80 : 0);
  put16(packet + 2, of->sequence++);
  put32(packet + 4, rtp_time(of, at));
  put32(packet + 8, of->ssrc);
  if (of->mid_extension == 0) return RTP_HEADER_BYTES;
  int mid_length = strlen(of->mid), words = (mid_length + 4) / 4;
  uint8_t *extension = packet + RTP_HEADER_BYTES;
  packet[0] |= 0x10;
  put16(extension, 0xBEDE);
  put16(extension + 2, words);
  memset(extension + 4, 0, 4 * words);
  extension[4] = of->mid_extension << 4 | (mid_length - 1);
  memcpy(extension + 5, of->mid, mid_length);
  return RTP_HEADER_BYTES + 4 + 4 * words;
}

static int add_stamp(uint8_t *packet, int length) {
  uint64_t at = now_ns();
  memcpy(packet + length, &at, STAMP_BYTES);
  return length + STAMP_BYTES;
}

static void send_rtp(peer *from, source *of, uint8_t *packet, int length) {
  uint16_t sequence = get16(packet + 2);
  if (srtp_protect(from->outgoing, packet, &length) != srtp_err_status_ok) return;
  sent_packet *kept = &of->kept[sequence % SENT_KEPT];
  kept->sequence = sequence;
  kept->length = length;
  memcpy(kept->packet, packet, length);
  send_packet(from, packet, length);
  of->packets++;
  of->bytes += length;
}

void send_again(peer *from, source *of, uint16_t sequence) {
  const sent_packet *kept = &of->kept[sequence % SENT_KEPT];
  if (kept->length == 0 || kept->sequence != sequence) return;
  send_packet(from, kept->packet, kept->length);
  of->resent++;
}

static void send_sound(peer *from, source *of, uint64_t now) {
  uint8_t packet[MAX_PACKET];
  int length = begin_packet(of, packet, now, 0);
  for (int at = 0; at < SOUND_BYTES - STAMP_BYTES; at++) packet[length + at] = at * 7 + of->sequence;
  length = add_stamp(packet, length + SOUND_BYTES - STAMP_BYTES);
  send_rtp(from, of, packet, length);
}

static void send_picture(peer *from, source *of, uint64_t now) {
  const film *shown = &films[of->film];
  if (of->wants_key && !shown->frames[of->frame].is_key) of->frame = 0;
  of->wants_key = 0;
  const frame *one = &shown->frames[of->frame];
  of->frame = (of->frame + 1) % shown->count;
  of->picture = (of->picture + 1) & 0x7fff;
  int parts = (one->length + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES, each = (one->length + parts - 1) / parts;
  for (int part = 0, sent = 0; part < parts; part++) {
    uint8_t packet[MAX_PACKET];
    int is_last = part == parts - 1, rest = one->length - sent, bytes = rest < each ? rest : each;
    int length = begin_packet(of, packet, now, is_last);
    /* RFC 7741: extended, start of partition, then a picture id of 15 bits. */
    packet[length] = 0x80 | (part == 0 ? 0x10 : 0);
    packet[length + 1] = 0x80;
    put16(packet + length + 2, 0x8000 | of->picture);
    memcpy(packet + length + 4, one->bytes + sent, bytes);
    length += 4 + bytes;
    sent += bytes;
    send_rtp(from, of, packet, is_last ? add_stamp(packet, length) : length);
  }
}

static void publish_one(peer *from, source *of, uint64_t now) {
  if (of->next_at == 0) of->next_at = now;
  while (!of->is_hushed && now >= of->next_at) {
    if (of->is_audio) send_sound(from, of, now);
    else send_picture(from, of, now);
    of->next_at += of->is_audio ? SOUND_NS : films[of->film].frame_ns;
  }
  if (now >= of->next_report_at) {
    of->next_report_at = now + NS_PER_S;
    send_sender_report(from, of, now);
  }
}

void publish_due(uint64_t now) {
  for (int at = 0; at < publisher_count; at++) {
    peer *from = publishers[at];
    if (!from->is_up || from->is_gone) continue;
    for (int which = 0; which < from->source_count; which++) publish_one(from, &from->sources[which], now);
  }
}
