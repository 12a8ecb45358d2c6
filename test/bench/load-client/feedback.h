#ifndef FEEDBACK_H
#define FEEDBACK_H

#include "peer.h"

/* Transport-wide congestion control (draft-holmer-rmcat-transport-wide-cc-extensions-01), the receiver's part. */
void note_arrival(peer *to, uint16_t sequence, uint64_t at);
void send_feedback(peer *from);

#endif
