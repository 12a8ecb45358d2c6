#define _GNU_SOURCE
#include "peer.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "wire.h"

#define SOCKET_BYTES (64 << 20)
/* Addresses are 127.1.0.1 and up, so that a server sees as many remote hosts as there are peers. */
#define FIRST_ADDRESS ((127u << 24) | (1u << 16) | 1u)

peer *peers[MAX_PEERS];
int peer_count;
tally tallies[MAX_GROUPS];
uint32_t socket_drops;

static int udp = -1;

static void set_buffer(int forced, int plain) {
  int bytes = SOCKET_BYTES;
  if (setsockopt(udp, SOL_SOCKET, forced, &bytes, sizeof bytes) != 0)
    setsockopt(udp, SOL_SOCKET, plain, &bytes, sizeof bytes);
}

int open_socket(void) {
  int on = 1;
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};
  socklen_t length = sizeof any;
  udp = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(udp, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  setsockopt(udp, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  set_buffer(SO_RCVBUFFORCE, SO_RCVBUF);
  set_buffer(SO_SNDBUFFORCE, SO_SNDBUF);
  if (udp < 0 || bind(udp, (struct sockaddr *)&any, sizeof any) != 0 ||
      getsockname(udp, (struct sockaddr *)&any, &length) != 0) {
    perror("no UDP socket");
    exit(1);
  }
  return ntohs(any.sin_port);
}

int the_socket(void) { return udp; }

peer *add_peer(const peer_order *order) {
  struct in_addr host;
  if (order->id < 0 || order->id >= MAX_PEERS || order->group < 0 || order->group >= MAX_GROUPS) return NULL;
  if (peers[order->id] != NULL || inet_pton(AF_INET, order->host, &host) != 1) return NULL;
  /* Whatever a server offers, load stays on this machine. */
  if (ntohl(host.s_addr) >> 24 != 127) return NULL;
  peer *made = calloc(1, sizeof *made);
  made->id = order->id;
  made->group = order->group;
  made->is_sampled = order->is_sampled;
  made->remote = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(order->port), .sin_addr = host};
  made->address.s_addr = htonl(FIRST_ADDRESS + order->id);
  snprintf(made->ice_name, sizeof made->ice_name, "%s", order->ice_name);
  snprintf(made->ice_password, sizeof made->ice_password, "%s", order->ice_password);
  made->record = malloc(MAX_PACKET);
  made->streams = calloc(MAX_STREAMS, sizeof *made->streams);
  made->feedback_at = calloc(FEEDBACK_PACKETS, sizeof *made->feedback_at);
  made->added_at = now_ns();
  peers[order->id] = made;
  if (order->id >= peer_count) peer_count = order->id + 1;
  return made;
}

void drop_peer(int id) {
  peer *gone = peer_of(id);
  if (gone == NULL) return;
  /* The streams stay for the report; nothing is sent or read any more. */
  gone->is_gone = 1;
  if (gone->is_up) SSL_shutdown(gone->ssl);
}

peer *peer_of(int id) {
  peer *found = id >= 0 && id < MAX_PEERS ? peers[id] : NULL;
  return found != NULL && !found->is_gone ? found : NULL;
}

peer *peer_at(struct in_addr address) { return peer_of((int)(ntohl(address.s_addr) - FIRST_ADDRESS)); }

void send_packet(const peer *from, const void *packet, size_t length) {
  struct iovec part = {(void *)packet, length};
  char control[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
  struct msghdr message = {.msg_name = (void *)&from->remote,
                           .msg_namelen = sizeof from->remote,
                           .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = IPPROTO_IP;
  header->cmsg_type = IP_PKTINFO;
  header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
  ((struct in_pktinfo *)CMSG_DATA(header))->ipi_spec_dst = from->address;
  sendmsg(udp, &message, MSG_DONTWAIT);
}
