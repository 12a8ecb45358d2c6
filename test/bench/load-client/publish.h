#ifndef PUBLISH_H
#define PUBLISH_H

#include "peer.h"

typedef struct {
  uint32_t ssrc;
  int is_audio, payload_type, mid_extension, film;
  const char *mid;
} source_order;

/* Reads VP8 from an IVF file; its number is how many were read before. Ends the program where it cannot. */
void read_film(const char *path);
/* Returns 0 where the peer has as many as it can. */
int add_source(peer *to, const source_order *order);
/* Stops or goes on sending the stream of this SSRC. */
void set_hushed(uint32_t ssrc, int is_hushed);
/* Sends what is due of everything that is published. */
void publish_due(uint64_t now);
void send_again(peer *from, source *of, uint16_t sequence);
uint32_t rtp_time(const source *of, uint64_t at);

#endif
