// The names of ankerl::unordered_dense that the worker uses, over the standard containers.
#pragma once
#include <cstdint>
#include <functional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense {

template <class T, class = void>
struct hash : std::hash<T> {};

// The standard hash of an integer is the integer: SSRCs and ports need mixing.
template <class T>
struct hash<T, std::enable_if_t<std::is_integral_v<T> || std::is_enum_v<T>>> {
  size_t operator()(T value) const noexcept {
    uint64_t x = static_cast<uint64_t>(value);
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    x ^= x >> 32;
    return x;
  }
};

template <class K, class V, class H = hash<K>, class E = std::equal_to<K>>
using map = std::unordered_map<K, V, H, E>;

template <class K, class H = hash<K>, class E = std::equal_to<K>>
using set = std::unordered_set<K, H, E>;

}  // namespace ankerl::unordered_dense
