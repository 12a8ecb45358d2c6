// libsrtp 3's calls, as the worker makes them, over libsrtp 2.
#pragma once
#define srtp_policy_t srtp2_policy_t
#define srtp_create srtp2_create
extern "C" {
#include <srtp2/srtp.h>
}
#undef srtp_policy_t
#undef srtp_create
extern "C" srtp_err_status_t srtp_create(srtp_t* session, const srtp2_policy_t* policy);

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Statuses that libsrtp 2 does not have.
constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr auto srtp_err_status_cryptex_err = static_cast<srtp_err_status_t>(29);

struct srtp3_policy {
  srtp2_policy_t p{};
  srtp_profile_t profile{};
  uint8_t key[SRTP_MAX_KEY_LEN]{};
};
using srtp_policy_t = srtp3_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* out) {
  *out = new (std::nothrow) srtp3_policy();
  return *out ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy) { delete policy; }

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc) {
  policy->p.ssrc = ssrc;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile) {
  policy->profile = profile;
  auto err = srtp_crypto_policy_set_from_profile_for_rtp(&policy->p.rtp, profile);
  return err ? err : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->p.rtcp, profile);
}

// libsrtp 2 takes key and salt as one string of bytes.
inline srtp_err_status_t srtp_policy_add_key(srtp_policy_t policy, const uint8_t* key, size_t keyLen,
                                             const uint8_t* salt, size_t saltLen, const uint8_t*, size_t) {
  if (keyLen + saltLen > sizeof policy->key) return srtp_err_status_bad_param;
  std::memcpy(policy->key, key, keyLen);
  std::memcpy(policy->key + keyLen, salt, saltLen);
  policy->p.key = policy->key;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool isAllowed) {
  policy->p.allow_repeat_tx = isAllowed;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size) {
  policy->p.window_size = size;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy) {
  return ::srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->p));
}

namespace srtp_v3 {
// libsrtp 2 works in place and does not know the buffer's size: `room` is how much a packet may grow.
template <typename Fn>
inline srtp_err_status_t apply(Fn fn, const uint8_t* in, size_t len, uint8_t* out, size_t* capacity, size_t room) {
  if (*capacity < len + room) return srtp_err_status_buffer_small;
  if (out != in) std::memmove(out, in, len);
  int outLen = static_cast<int>(len);
  auto err = fn(out, &outLen);
  if (err == srtp_err_status_ok) *capacity = static_cast<size_t>(outLen);
  return err;
}
}  // namespace srtp_v3

inline srtp_err_status_t srtp_protect(srtp_t c, const uint8_t* in, size_t len, uint8_t* out, size_t* capacity, size_t) {
  auto fn = [c](void* packet, int* size) { return ::srtp_protect(c, packet, size); };
  return srtp_v3::apply(fn, in, len, out, capacity, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_protect_rtcp(srtp_t c, const uint8_t* in, size_t len, uint8_t* out, size_t* capacity,
                                           size_t) {
  auto fn = [c](void* packet, int* size) { return ::srtp_protect_rtcp(c, packet, size); };
  return srtp_v3::apply(fn, in, len, out, capacity, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(srtp_t c, const uint8_t* in, size_t len, uint8_t* out, size_t* capacity) {
  auto fn = [c](void* packet, int* size) { return ::srtp_unprotect(c, packet, size); };
  return srtp_v3::apply(fn, in, len, out, capacity, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(srtp_t c, const uint8_t* in, size_t len, uint8_t* out, size_t* capacity) {
  auto fn = [c](void* packet, int* size) { return ::srtp_unprotect_rtcp(c, packet, size); };
  return srtp_v3::apply(fn, in, len, out, capacity, 0);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t c, uint32_t ssrc) { return srtp_remove_stream(c, ssrc); }
