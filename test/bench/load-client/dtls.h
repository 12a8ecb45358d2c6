#ifndef DTLS_H
#define DTLS_H

#include "peer.h"

/* The certificate of all peers; its SHA-256 fingerprint in hex with colons. Profiles as OpenSSL names them. */
const char *prepare_dtls(const char *profiles);
/* Begins the handshake as its client. */
void begin_dtls(peer *one);
/* Goes on with what came, or (length 0) sends again what was lost. Sets the peer's SRTP sessions when it is done. */
void take_dtls(peer *one, const uint8_t *record, int length);

#endif
