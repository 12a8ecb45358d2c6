#ifndef PEER_H
#define PEER_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <srtp2/srtp.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_PEERS 16384
#define MAX_GROUPS 16
#define MAX_STREAMS 24
#define MAX_SOURCES 4
#define MAX_PACKET 1500
/* What is kept for retransmission, and how many packets one transport-wide feedback can tell of. */
#define SENT_KEPT 1024
#define FEEDBACK_PACKETS 512
/* Latencies in steps of 0.1 ms up to 2 s; slower ones are counted in the last. */
#define LATENCY_STEP_NS 100000ull
#define LATENCY_STEPS 20001

/* One RTP stream that a peer receives. */
typedef struct {
  uint32_t ssrc;
  int is_video, is_begun;
  uint16_t newest;
  uint32_t cycles, first;
  uint64_t received, last_transit_set;
  uint32_t last_transit;
  double jitter;
  /* At the last receiver report, and at the last mark. */
  uint64_t told_expected, told_received, marked_received;
  uint32_t marked_newest;
  /* When the first packet and the first whole keyframe were there. */
  uint64_t first_at, key_at, next_pli_at;
  int is_in_key;
  uint16_t key_next;
} stream;

typedef struct {
  uint16_t sequence, length;
  uint8_t packet[MAX_PACKET];
} sent_packet;

/* One RTP stream that a peer sends. */
typedef struct {
  uint32_t ssrc;
  uint8_t payload_type, mid_extension;
  char mid[8];
  int is_audio, is_hushed, wants_key, film;
  uint16_t sequence, picture;
  int frame;
  uint64_t next_at, next_report_at, packets, bytes, keys_asked, resent;
  sent_packet *kept;
} source;

/* A virtual WebRTC client: one transport, an address of its own. */
typedef struct {
  int id, group, is_sampled, is_gone;
  struct sockaddr_in remote;
  struct in_addr address;
  char ice_name[64], ice_password[128];
  SSL *ssl;
  uint8_t *record;
  int record_length, is_ice_up, is_dtls_begun, is_up;
  srtp_t incoming, outgoing;
  uint64_t added_at, up_at, next_stun_at, next_dtls_at, next_report_at, next_feedback_at;
  stream *streams;
  int stream_count;
  source *sources;
  int source_count;
  uint16_t feedback_base;
  int feedback_count, has_feedback;
  uint8_t feedback_number;
  int64_t *feedback_at;
} peer;

/* What is counted over all peers of one group since its last mark. */
typedef struct {
  uint64_t packets, bytes, undecipherable, latencies;
  uint32_t latency[LATENCY_STEPS];
} tally;

extern peer *peers[MAX_PEERS];
extern int peer_count;
extern tally tallies[MAX_GROUPS];
extern uint32_t socket_drops;

typedef struct {
  int id, group, port, is_sampled;
  const char *host, *ice_name, *ice_password;
} peer_order;

/* Binds the one socket of all peers to a free port, which is returned; ends the program where it cannot. */
int open_socket(void);
int the_socket(void);
/* NULL where the order is not for loopback, or there are too many. */
peer *add_peer(const peer_order *order);
void drop_peer(int id);
/* The peer that has this address; NULL where none has. */
peer *peer_at(struct in_addr address);
peer *peer_of(int id);
/* Sends from the peer's own address. */
void send_packet(const peer *from, const void *packet, size_t length);

#endif
