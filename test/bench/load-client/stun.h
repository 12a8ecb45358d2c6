#ifndef STUN_H
#define STUN_H

#include "peer.h"

#define ICE_PASSWORD "balaibenchbalaibenchbalai"

/* A binding request that nominates, as the controlling agent of RFC 8445 sends it. */
void send_binding_request(const peer *from);
/* What came that is STUN; returns 1 where it proves that the way is open. */
int take_stun(const peer *to, const uint8_t *packet, int length);

#endif
