#ifndef RTCP_H
#define RTCP_H

#include "peer.h"

/* The SSRC under which a peer that publishes nothing reports. */
uint32_t reporter_of(const peer *one);
/* Fills in the header of the packet, of which everything after its first 8 bytes is there, and sends it encrypted. */
void send_rtcp(peer *from, uint8_t *packet, int length, uint8_t kind, uint8_t count);
void send_receiver_report(peer *from);
void ask_for_keyframe(peer *from, uint32_t ssrc);
void send_sender_report(peer *from, const source *of, uint64_t now);
/* What a server tells or asks a publisher: keyframes and packets again. */
void take_rtcp(peer *to, const uint8_t *packet, int length);

#endif
