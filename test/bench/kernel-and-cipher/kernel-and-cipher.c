/*
 * What forwarding costs at least on this machine: enciphering each packet for each receiver with a key of its own
 * (AES-128-GCM), and handing it to the kernel, one by one and in one message for each receiver and picture
 * (UDP_SEGMENT). Pictures come as a screen share's do, so that caches are as cold and the processor as often awoken as
 * a media server's. Prints one line of JSON: microseconds of CPU a packet.
 *   kernel-and-cipher RECEIVERS BYTES PACKETS-A-PICTURE PICTURES-A-SECOND MILLISECONDS
 * Packets go to as many addresses as there are receivers, to a socket that another thread reads: the time is of the
 * sending thread alone.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define MOST_BYTES 1400
#define MOST_SEGMENTS 40
#define MOST_RECEIVERS 2000
#define SOCKET_BYTES (32 << 20)
#define FIRST_ADDRESS ((127u << 24) | (2u << 16) | 1u)

typedef struct {
  int socket, bytes, receivers, packets;
  uint16_t to;
  double pictures;
} probe;

static EVP_CIPHER_CTX *ciphers[MOST_RECEIVERS];
static uint8_t sealed[MOST_SEGMENTS][MOST_BYTES];

static volatile int is_over;

static double seconds_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

/* As the media server and the load client have them; does nothing where there are fewer cores. */
static void stay_on(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

static void *read_all(void *socket) {
  static uint8_t packets[64][MOST_BYTES + 100];
  static struct mmsghdr messages[64];
  static struct iovec parts[64];
  for (int at = 0; at < 64; at++) {
    parts[at] = (struct iovec){packets[at], sizeof packets[at]};
    messages[at].msg_hdr = (struct msghdr){.msg_iov = &parts[at], .msg_iovlen = 1};
  }
  stay_on(1);
  while (!is_over) {
    struct timespec nap = {0, 500000};
    if (recvmmsg(*(int *)socket, messages, 64, MSG_DONTWAIT, NULL) <= 0) nanosleep(&nap, NULL);
  }
  return NULL;
}

/* As SRTP does it: a nonce of its own for each packet, its header authenticated, a tag of 16 bytes. */
static void encipher(const probe *of, int receiver, uint32_t number, uint8_t *into) {
  static uint8_t plain[MOST_BYTES];
  uint8_t nonce[12] = {0};
  int length;
  memcpy(nonce, &number, sizeof number);
  EVP_EncryptInit_ex(ciphers[receiver], NULL, NULL, NULL, nonce);
  EVP_EncryptUpdate(ciphers[receiver], NULL, &length, plain, 12);
  EVP_EncryptUpdate(ciphers[receiver], into + 12, &length, plain + 12, of->bytes - 28);
  EVP_EncryptFinal_ex(ciphers[receiver], into, &length);
  EVP_CIPHER_CTX_ctrl(ciphers[receiver], EVP_CTRL_GCM_GET_TAG, 16, into + of->bytes - 16);
}

/* With more than one packet, they are cut again by the kernel. */
static void send_to(const probe *of, int receiver, int packets) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = of->to};
  struct iovec parts[MOST_SEGMENTS];
  char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
  to.sin_addr.s_addr = htonl(FIRST_ADDRESS + receiver);
  for (int at = 0; at < packets; at++) parts[at] = (struct iovec){sealed[at], of->bytes};
  struct msghdr message = {.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = parts, .msg_iovlen = packets};
  if (packets > 1) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_UDP;
    header->cmsg_type = UDP_SEGMENT;
    header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    *(uint16_t *)CMSG_DATA(header) = of->bytes;
  }
  sendmsg(of->socket, &message, MSG_DONTWAIT);
}

/* One packet of the picture after the other, each to everybody. */
static void forward_one_by_one(const probe *of, uint32_t number) {
  for (int packet = 0; packet < of->packets; packet++)
    for (int receiver = 0; receiver < of->receivers; receiver++) {
      encipher(of, receiver, number + packet, sealed[0]);
      send_to(of, receiver, 1);
    }
}

static void forward_batched(const probe *of, uint32_t number) {
  for (int receiver = 0; receiver < of->receivers; receiver++) {
    for (int packet = 0; packet < of->packets; packet++) encipher(of, receiver, number + packet, sealed[packet]);
    send_to(of, receiver, of->packets);
  }
}

/* Microseconds of this thread's CPU for each packet, waiting for pictures included. */
static double cost_of(const probe *of, void (*forward)(const probe *, uint32_t), double seconds) {
  double before = seconds_of(CLOCK_THREAD_CPUTIME_ID), next = seconds_of(CLOCK_MONOTONIC), end = next + seconds;
  uint32_t pictures = 0;
  for (; next < end; next += 1 / of->pictures) {
    double rest = next - seconds_of(CLOCK_MONOTONIC);
    struct timespec nap = {0, rest * 1e9};
    if (rest > 0) nanosleep(&nap, NULL);
    forward(of, pictures++ * of->packets);
  }
  return (seconds_of(CLOCK_THREAD_CPUTIME_ID) - before) * 1e6 / ((double)pictures * of->packets * of->receivers);
}

static void prepare_ciphers(int receivers) {
  for (int at = 0; at < receivers; at++) {
    uint8_t key[16] = {at, at >> 8, 1}, nonce[12] = {0};
    ciphers[at] = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(ciphers[at], EVP_aes_128_gcm(), NULL, key, nonce);
  }
}

int main(int count, char **words) {
  if (count != 6) return 2;
  probe of = {.receivers = atoi(words[1]),
              .bytes = atoi(words[2]),
              .packets = atoi(words[3]),
              .pictures = atof(words[4])};
  double seconds = atoi(words[5]) / 1e3;
  if (of.receivers < 1 || of.receivers > MOST_RECEIVERS || of.bytes < 64 || of.bytes > MOST_BYTES ||
      of.packets < 1 || of.packets > MOST_SEGMENTS || of.pictures <= 1)
    return 2;
  int reader = socket(AF_INET, SOCK_DGRAM, 0), size = SOCKET_BYTES;
  struct sockaddr_in any = {.sin_family = AF_INET};
  socklen_t length = sizeof any;
  setsockopt(reader, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  bind(reader, (struct sockaddr *)&any, sizeof any);
  getsockname(reader, (struct sockaddr *)&any, &length);
  of.to = any.sin_port;
  of.socket = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(of.socket, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
  prepare_ciphers(of.receivers);
  stay_on(0);
  pthread_t thread;
  pthread_create(&thread, NULL, read_all, &reader);
  double one_by_one = cost_of(&of, forward_one_by_one, seconds);
  double batched = cost_of(&of, forward_batched, seconds);
  is_over = 1;
  pthread_join(thread, NULL);
  printf("{\"oneByOneUs\":%.3f,\"batchedUs\":%.3f}\n", one_by_one, batched);
  return 0;
}
