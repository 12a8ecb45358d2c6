/*
 * Preloaded into a media worker: what it sends during one turn of its event loop is gathered and handed to the kernel
 * when the loop waits next, consecutive packets of one size to one receiver as one message that the kernel cuts
 * (UDP_SEGMENT). A turn of the loop is over in less than a packet's own way, so nothing waits for more to come.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

/* So many packets are sent at once at the most: what a burst of a keyframe leaves waits no longer than they take. */
#define MOST_PACKETS 2048
#define MOST_BYTES 1500
#define MOST_SEGMENTS 40
#define MOST_MESSAGE 60000
#define HASH_SIZE 4096

typedef struct {
  int socket, length, next;
  struct sockaddr_in to;
  uint8_t bytes[MOST_BYTES];
} gathered;

typedef struct {
  int first, last;
} receiver;

static gathered packets[MOST_PACKETS];
static receiver receivers[MOST_PACKETS];
static int packet_count, receiver_count;
static int16_t receiver_by_hash[HASH_SIZE];

static ssize_t (*send_one)(int, const struct msghdr *, int);
static int (*wait_once)(int, struct epoll_event *, int, int);
static int (*wait_masked)(int, struct epoll_event *, int, int, const sigset_t *);

__attribute__((constructor)) static void find_originals(void) {
  send_one = dlsym(RTLD_NEXT, "sendmsg");
  wait_once = dlsym(RTLD_NEXT, "epoll_wait");
  wait_masked = dlsym(RTLD_NEXT, "epoll_pwait");
  memset(receiver_by_hash, -1, sizeof receiver_by_hash);
}

static int is_same(const gathered *one, const gathered *other) {
  return one->socket == other->socket && one->to.sin_addr.s_addr == other->to.sin_addr.s_addr &&
         one->to.sin_port == other->to.sin_port;
}

/* Adds the packet to what its receiver gets, in the order in which it came. */
static void file_packet(int at) {
  gathered *one = &packets[at];
  uint32_t hash = one->to.sin_addr.s_addr * 2654435761u ^ one->to.sin_port * 40503u ^ one->socket;
  uint32_t slot = (hash ^ hash >> 16) % HASH_SIZE;
  one->next = -1;
  while (receiver_by_hash[slot] >= 0 && !is_same(&packets[receivers[receiver_by_hash[slot]].first], one))
    slot = (slot + 1) % HASH_SIZE;
  if (receiver_by_hash[slot] < 0) {
    receiver_by_hash[slot] = receiver_count;
    receivers[receiver_count++] = (receiver){at, at};
    return;
  }
  receiver *known = &receivers[receiver_by_hash[slot]];
  packets[known->last].next = at;
  known->last = at;
}

/* Sends the longest run that the kernel can cut again: equal lengths, the last may be shorter. Returns what follows. */
static int send_run(int first) {
  struct iovec parts[MOST_SEGMENTS];
  char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
  int count = 0, bytes = 0, at = first, size = packets[first].length;
  while (at >= 0 && count < MOST_SEGMENTS && packets[at].length <= size && bytes + packets[at].length < MOST_MESSAGE) {
    parts[count++] = (struct iovec){packets[at].bytes, packets[at].length};
    bytes += packets[at].length;
    int is_shorter = packets[at].length < size;
    at = packets[at].next;
    if (is_shorter) break;
  }
  struct msghdr message = {
      .msg_name = &packets[first].to, .msg_namelen = sizeof packets[first].to, .msg_iov = parts, .msg_iovlen = count};
  if (count > 1) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_UDP;
    header->cmsg_type = UDP_SEGMENT;
    header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    *(uint16_t *)CMSG_DATA(header) = size;
  }
  /* What the kernel has no room for is lost, as it would be on the wire. */
  send_one(packets[first].socket, &message, MSG_DONTWAIT);
  return at;
}

static void send_gathered(void) {
  if (packet_count == 0) return;
  for (int at = 0; at < receiver_count; at++)
    for (int next = receivers[at].first; next >= 0;) next = send_run(next);
  memset(receiver_by_hash, -1, sizeof receiver_by_hash);
  packet_count = receiver_count = 0;
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
  const struct sockaddr *to = message->msg_name;
  if (to == NULL || to->sa_family != AF_INET || message->msg_iovlen != 1 || message->msg_controllen != 0 ||
      message->msg_iov->iov_len > MOST_BYTES)
    return send_one(socket, message, flags);
  if (packet_count == MOST_PACKETS) send_gathered();
  gathered *one = &packets[packet_count];
  one->socket = socket;
  one->length = message->msg_iov->iov_len;
  memcpy(&one->to, to, sizeof one->to);
  memcpy(one->bytes, message->msg_iov->iov_base, one->length);
  file_packet(packet_count++);
  return one->length;
}

int epoll_wait(int poll, struct epoll_event *events, int most, int timeout) {
  send_gathered();
  return wait_once(poll, events, most, timeout);
}

int epoll_pwait(int poll, struct epoll_event *events, int most, int timeout, const sigset_t *mask) {
  send_gathered();
  return wait_masked(poll, events, most, timeout, mask);
}
