#include "dtls.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire.h"

#define CERTIFICATE_DAYS 30
#define DTLS_MTU 1200
#define REPLAY_WINDOW 1024

static SSL_CTX *context;
static BIO_METHOD *through_socket;
static char fingerprint[128];

static int bio_write(BIO *bio, const char *bytes, int length) {
  send_packet(BIO_get_data(bio), bytes, length);
  return length;
}

static int bio_read(BIO *bio, char *bytes, int most) {
  peer *one = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (one->record_length == 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  int length = one->record_length < most ? one->record_length : most;
  memcpy(bytes, one->record, length);
  one->record_length = 0;
  return length;
}

static long bio_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  if (command == BIO_CTRL_FLUSH) return 1;
  return command == BIO_CTRL_DGRAM_QUERY_MTU || command == BIO_CTRL_DGRAM_GET_MTU ? DTLS_MTU : 0;
}

static int bio_create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

/* The server's certificate is vouched for by signalling, which is on this machine. */
static int accept_any(int is_fine, X509_STORE_CTX *store) {
  (void)is_fine, (void)store;
  return 1;
}

static X509 *self_signed(EVP_PKEY *key) {
  X509 *certificate = X509_new();
  X509_NAME *name = X509_get_subject_name(certificate);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 86400L * CERTIFICATE_DAYS);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const uint8_t *)"load-client", -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  return certificate;
}

const char *prepare_dtls(const char *profiles) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = self_signed(key);
  context = SSL_CTX_new(DTLS_client_method());
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, accept_any);
  SSL_CTX_set_read_ahead(context, 1);
  if (SSL_CTX_set_tlsext_use_srtp(context, profiles) != 0) {
    fprintf(stderr, "no such SRTP profiles: %s\n", profiles);
    exit(1);
  }
  through_socket = BIO_meth_new(BIO_TYPE_SOURCE_SINK | 99, "shared socket");
  BIO_meth_set_write(through_socket, bio_write);
  BIO_meth_set_read(through_socket, bio_read);
  BIO_meth_set_ctrl(through_socket, bio_control);
  BIO_meth_set_create(through_socket, bio_create);

  uint8_t digest[32];
  unsigned length;
  char *at = fingerprint;
  X509_digest(certificate, EVP_sha256(), digest, &length);
  for (unsigned byte = 0; byte < length; byte++) at += sprintf(at, "%s%02X", byte ? ":" : "", digest[byte]);
  return fingerprint;
}

void begin_dtls(peer *one) {
  if (one->is_dtls_begun) return;
  one->is_dtls_begun = 1;
  one->ssl = SSL_new(context);
  SSL_set_options(one->ssl, SSL_OP_NO_QUERY_MTU);
  DTLS_set_link_mtu(one->ssl, DTLS_MTU);
  BIO *bio = BIO_new(through_socket);
  BIO_set_data(bio, one);
  SSL_set_bio(one->ssl, bio, bio);
  SSL_set_connect_state(one->ssl);
  take_dtls(one, NULL, 0);
}

static srtp_t srtp_session(srtp_profile_t profile, srtp_ssrc_type_t direction, uint8_t *key) {
  srtp_t session;
  srtp_policy_t policy;
  memset(&policy, 0, sizeof policy);
  srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, profile);
  srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, profile);
  policy.ssrc.type = direction;
  policy.key = key;
  policy.window_size = REPLAY_WINDOW;
  policy.allow_repeat_tx = 1;
  if (srtp_create(&session, &policy) == srtp_err_status_ok) return session;
  fprintf(stderr, "an SRTP session could not be made\n");
  exit(1);
}

/* RFC 5764: client's key, server's key, client's salt, server's salt. */
static void take_keys(peer *one) {
  const SRTP_PROTECTION_PROFILE *chosen = SSL_get_selected_srtp_profile(one->ssl);
  if (chosen == NULL) {
    fprintf(stderr, "peer %d: no SRTP profile in common\n", one->id);
    return;
  }
  int key_bytes = 16, salt_bytes = 12;
  srtp_profile_t profile = srtp_profile_aead_aes_128_gcm;
  if (chosen->id == SRTP_AEAD_AES_256_GCM) {
    key_bytes = 32;
    profile = srtp_profile_aead_aes_256_gcm;
  } else if (chosen->id == SRTP_AES128_CM_SHA1_80) {
    salt_bytes = 14;
    profile = srtp_profile_aes128_cm_sha1_80;
  }
  uint8_t material[128], ours[64], theirs[64];
  SSL_export_keying_material(one->ssl, material, 2 * (key_bytes + salt_bytes), "EXTRACTOR-dtls_srtp", 19, NULL, 0,
                             0);
  memcpy(ours, material, key_bytes);
  memcpy(theirs, material + key_bytes, key_bytes);
  memcpy(ours + key_bytes, material + 2 * key_bytes, salt_bytes);
  memcpy(theirs + key_bytes, material + 2 * key_bytes + salt_bytes, salt_bytes);
  one->outgoing = srtp_session(profile, ssrc_any_outbound, ours);
  one->incoming = srtp_session(profile, ssrc_any_inbound, theirs);
  one->up_at = now_ns();
  one->is_up = 1;
  /* Spread, or reports of peers that joined together would all be due together. */
  one->next_report_at = one->up_at + rand() % 1000 * NS_PER_MS;
  one->next_feedback_at = one->up_at + rand() % 100 * NS_PER_MS;
  printf("{\"kind\":\"up\",\"id\":%d,\"profile\":\"%s\"}\n", one->id, chosen->name);
  fflush(stdout);
}

void take_dtls(peer *one, const uint8_t *record, int length) {
  if (length > 0 && length <= MAX_PACKET) {
    memcpy(one->record, record, length);
    one->record_length = length;
  }
  one->next_dtls_at = now_ns() + 100 * NS_PER_MS;
  if (one->is_up) {
    uint8_t ignored[MAX_PACKET];
    SSL_read(one->ssl, ignored, sizeof ignored);
    return;
  }
  if (length == 0 && DTLSv1_handle_timeout(one->ssl) > 0) return;
  int result = SSL_do_handshake(one->ssl);
  if (result == 1) return take_keys(one);
  int why = SSL_get_error(one->ssl, result);
  if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return;
  fprintf(stderr, "peer %d: DTLS failed: %s\n", one->id, ERR_reason_error_string(ERR_get_error()));
  one->is_gone = 1;
}
