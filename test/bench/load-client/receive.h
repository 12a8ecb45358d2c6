#ifndef RECEIVE_H
#define RECEIVE_H

#include "peer.h"

/* Payload types that are sound; everything else is VP8. */
void set_audio_types(const char *list);
/* The id of the header extension with transport-wide sequence numbers. */
void set_transport_cc(int extension);
void take_rtp(peer *to, const uint8_t *packet, int length, uint64_t at);
/* Receiver reports, requests for keyframes and transport-wide feedback, as far as they are due. */
void report_received(peer *one, uint64_t now);

#endif
