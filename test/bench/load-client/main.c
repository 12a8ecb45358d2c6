/*
 * A load of WebRTC clients on one UDP socket: each has an address of its own (127.1.x.y), its own ICE, DTLS-SRTP and
 * RTCP, as a media server sees hundreds of browsers. RTP headers are read of everything; sampled peers decrypt to
 * learn how long a packet took, and each stream of pictures is decrypted until its first whole keyframe.
 *
 * Orders come by line on standard input, answers as lines of JSON on standard output:
 *   peer ID GROUP SAMPLED HOST PORT ICE-NAME ICE-PASSWORD    audio ID SSRC PAYLOAD-TYPE MID-EXTENSION MID
 *   video ID SSRC PAYLOAD-TYPE MID-EXTENSION MID FILM        hush SSRC     speak SSRC     drop ID
 *   mark GROUP     window GROUP     joins GROUP
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "dtls.h"
#include "peer.h"
#include "publish.h"
#include "receive.h"
#include "report.h"
#include "rtcp.h"
#include "stun.h"
#include "wire.h"

#define BATCH 128
#define BATCHES_AT_ONCE 64
#define CONTROL_BYTES 128
/* Packets are gathered for so long, which bounds what one costs and how exact a latency is. */
#define NAP_NS 500000
#define UPKEEP_NS (5 * NS_PER_MS)
#define STUN_RETRY_NS (50 * NS_PER_MS)
/* Consent is renewed more often than a server waits for it (RFC 7675: 30 s). */
#define STUN_RENEW_NS (2500 * NS_PER_MS)
#define MOST_SECONDS 1800

uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void take_order(char *line) {
  char name[16], host[64], ice_name[64], ice_password[128], mid[8] = "0";
  int id = -1, group = 0, sampled = 0, port = 0;
  source_order order = {.mid = mid};
  if (sscanf(line, "%15s", name) != 1) return;
  if (strcmp(name, "peer") == 0) {
    if (sscanf(line, "peer %d %d %d %63s %d %63s %127s", &id, &group, &sampled, host, &port, ice_name, ice_password) !=
            7 ||
        add_peer(&(peer_order){id, group, port, sampled, host, ice_name, ice_password}) == NULL)
      fprintf(stderr, "refused: %s\n", line);
  } else if (strcmp(name, "audio") == 0 || strcmp(name, "video") == 0) {
    order.is_audio = name[0] == 'a';
    sscanf(line, "%*s %d %u %d %d %7s %d", &id, &order.ssrc, &order.payload_type, &order.mid_extension, mid, &order.film);
    peer *to = peer_of(id);
    if (to == NULL || !add_source(to, &order)) fprintf(stderr, "refused: %s\n", line);
  } else if (strcmp(name, "hush") == 0 || strcmp(name, "speak") == 0) {
    if (sscanf(line, "%*s %u", &order.ssrc) == 1) set_hushed(order.ssrc, name[0] == 'h');
  } else if (strcmp(name, "drop") == 0) {
    if (sscanf(line, "drop %d", &id) == 1) drop_peer(id);
  } else if (sscanf(line, "%*s %d", &group) == 1 && group >= 0 && group < MAX_GROUPS) {
    if (strcmp(name, "mark") == 0) mark_group(group);
    if (strcmp(name, "window") == 0) report_group(group);
    if (strcmp(name, "joins") == 0) report_joins(group);
  }
}

/* Returns 0 once whoever gives orders is gone. */
static int read_orders(void) {
  static char text[1 << 16];
  static size_t length;
  ssize_t got = read(STDIN_FILENO, text + length, sizeof text - 1 - length);
  if (got == 0) return 0;
  if (got < 0) return 1;
  length += got;
  text[length] = 0;
  char *line = text, *end;
  while ((end = strchr(line, '\n')) != NULL) {
    *end = 0;
    take_order(line);
    line = end + 1;
  }
  length -= line - text;
  memmove(text, line, length);
  return 1;
}

/* RFC 7983: what a packet is stands in its first byte. */
static void take_packet(struct in_addr to, const uint8_t *packet, int length, uint64_t at) {
  peer *one = peer_at(to);
  if (one == NULL || length < 2) return;
  if (packet[0] >= 128 && packet[0] < 192) {
    if (packet[1] >= 192 && packet[1] < 224) take_rtcp(one, packet, length);
    else take_rtp(one, packet, length, at);
  } else if (packet[0] < 4) {
    if (!take_stun(one, packet, length)) return;
    one->is_ice_up = 1;
    begin_dtls(one);
  } else if (packet[0] >= 20 && packet[0] < 64 && one->ssl != NULL) {
    take_dtls(one, packet, length);
  }
}

static void read_packets(void) {
  static uint8_t packets[BATCH][2048];
  static char control[BATCH][CONTROL_BYTES];
  static struct mmsghdr messages[BATCH];
  static struct iovec parts[BATCH];
  for (int round = 0; round < BATCHES_AT_ONCE; round++) {
    for (int at = 0; at < BATCH; at++) {
      parts[at] = (struct iovec){packets[at], sizeof packets[at]};
      messages[at].msg_hdr = (struct msghdr){.msg_iov = &parts[at],
                                             .msg_iovlen = 1,
                                             .msg_control = control[at],
                                             .msg_controllen = CONTROL_BYTES};
    }
    int count = recvmmsg(the_socket(), messages, BATCH, MSG_DONTWAIT, NULL);
    uint64_t now = now_ns();
    for (int at = 0; at < count; at++) {
      struct in_addr to = {0};
      struct msghdr *message = &messages[at].msg_hdr;
      for (struct cmsghdr *one = CMSG_FIRSTHDR(message); one != NULL; one = CMSG_NXTHDR(message, one)) {
        if (one->cmsg_level == IPPROTO_IP && one->cmsg_type == IP_PKTINFO)
          to = ((struct in_pktinfo *)CMSG_DATA(one))->ipi_addr;
        if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SO_RXQ_OVFL)
          memcpy(&socket_drops, CMSG_DATA(one), sizeof socket_drops);
      }
      take_packet(to, packets[at], messages[at].msg_len, now);
    }
    if (count < BATCH) return;
  }
}

static void keep_up(uint64_t now) {
  for (int id = 0; id < peer_count; id++) {
    peer *one = peer_of(id);
    if (one == NULL) continue;
    if (now >= one->next_stun_at) {
      send_binding_request(one);
      one->next_stun_at = now + (one->is_ice_up ? STUN_RENEW_NS + rand() % 1000 * NS_PER_MS : STUN_RETRY_NS);
    }
    if (one->is_dtls_begun && !one->is_up && now >= one->next_dtls_at) take_dtls(one, NULL, 0);
    if (one->is_up) report_received(one, now);
  }
}

int main(int count, char **words) {
  const char *profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
  uint64_t begun_at = now_ns(), kept_up_at = 0;
  for (int at = 1; at + 1 < count; at += 2) {
    if (strcmp(words[at], "--film") == 0) read_film(words[at + 1]);
    if (strcmp(words[at], "--profiles") == 0) profiles = words[at + 1];
    if (strcmp(words[at], "--audio-types") == 0) set_audio_types(words[at + 1]);
    if (strcmp(words[at], "--transport-cc") == 0) set_transport_cc(atoi(words[at + 1]));
  }
  srtp_init();
  const char *fingerprint = prepare_dtls(profiles);
  int port = open_socket();
  printf("{\"kind\":\"ready\",\"port\":%d,\"fingerprint\":\"%s\",\"icePassword\":\"%s\"}\n", port, fingerprint,
         ICE_PASSWORD);
  fflush(stdout);
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  for (;;) {
    struct timespec nap = {0, NAP_NS};
    struct pollfd orders = {STDIN_FILENO, POLLIN, 0};
    nanosleep(&nap, NULL);
    if (poll(&orders, 1, 0) > 0 && !read_orders()) return 0;
    read_packets();
    uint64_t now = now_ns();
    publish_due(now);
    if (now - kept_up_at >= UPKEEP_NS) {
      kept_up_at = now;
      keep_up(now);
    }
    /* Nobody has forgotten it. */
    if (now - begun_at > MOST_SECONDS * NS_PER_S) return 1;
  }
}
