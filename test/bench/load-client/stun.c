#include "stun.h"

#include <arpa/inet.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#include "wire.h"

/* RFC 8489 and RFC 8445. */
#define MAGIC_COOKIE 0x2112A442u
#define HEADER_BYTES 20
#define BINDING_REQUEST 0x0001
#define BINDING_SUCCESS 0x0101
#define USERNAME 0x0006
#define MESSAGE_INTEGRITY 0x0008
#define XOR_MAPPED_ADDRESS 0x0020
#define PRIORITY 0x0024
#define USE_CANDIDATE 0x0025
#define FINGERPRINT 0x8028
#define ICE_CONTROLLING 0x802A
#define FINGERPRINT_MASK 0x5354554Eu
#define HOST_PRIORITY 0x7E0001FFu

static uint32_t crc32_of(const uint8_t *bytes, int length) {
  uint32_t crc = ~0u;
  for (int at = 0; at < length; at++) {
    crc ^= bytes[at];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
  }
  return ~crc;
}

static int add_attribute(uint8_t *message, int at, uint16_t kind, const void *value, int length) {
  put16(message + at, kind);
  put16(message + at + 2, length);
  memset(message + at + 4, 0, (length + 3) & ~3);
  if (length > 0) memcpy(message + at + 4, value, length);
  return at + 4 + ((length + 3) & ~3);
}

/* Integrity and fingerprint, each computed with the length as if it were the last attribute. */
static int sealed(uint8_t *message, int length, const char *password) {
  uint8_t mac[20], check[4];
  unsigned mac_length;
  put16(message + 2, length - HEADER_BYTES + 24);
  HMAC(EVP_sha1(), password, strlen(password), message, length, mac, &mac_length);
  length = add_attribute(message, length, MESSAGE_INTEGRITY, mac, sizeof mac);
  put16(message + 2, length - HEADER_BYTES + 8);
  put32(check, crc32_of(message, length) ^ FINGERPRINT_MASK);
  return add_attribute(message, length, FINGERPRINT, check, sizeof check);
}

void send_binding_request(const peer *from) {
  uint8_t message[512], priority[4];
  char name[160];
  /* The same for all: a server that has many of them looks at no tie-breaker. */
  static const uint8_t tie_breaker[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  put16(message, BINDING_REQUEST);
  put32(message + 4, MAGIC_COOKIE);
  RAND_bytes(message + 8, 12);
  put32(priority, HOST_PRIORITY);
  int name_length = snprintf(name, sizeof name, "%s:c%05d", from->ice_name, from->id);
  int length = add_attribute(message, HEADER_BYTES, USERNAME, name, name_length);
  length = add_attribute(message, length, PRIORITY, priority, sizeof priority);
  length = add_attribute(message, length, ICE_CONTROLLING, tie_breaker, sizeof tie_breaker);
  length = add_attribute(message, length, USE_CANDIDATE, NULL, 0);
  length = sealed(message, length, from->ice_password);
  send_packet(from, message, length);
}

static void send_binding_success(const peer *to, const uint8_t *request) {
  uint8_t message[256], address[8] = {0, 1};
  put16(message, BINDING_SUCCESS);
  memcpy(message + 4, request + 4, 16);
  put16(address + 2, ntohs(to->remote.sin_port) ^ (MAGIC_COOKIE >> 16));
  put32(address + 4, ntohl(to->remote.sin_addr.s_addr) ^ MAGIC_COOKIE);
  int length = add_attribute(message, HEADER_BYTES, XOR_MAPPED_ADDRESS, address, sizeof address);
  send_packet(to, message, sealed(message, length, ICE_PASSWORD));
}

int take_stun(const peer *to, const uint8_t *packet, int length) {
  if (length < HEADER_BYTES) return 0;
  uint16_t kind = get16(packet);
  if (kind == BINDING_REQUEST) send_binding_success(to, packet);
  return kind == BINDING_SUCCESS;
}
