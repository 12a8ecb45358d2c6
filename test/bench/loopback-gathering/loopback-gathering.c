/*
 * Preloaded into Janus: libnice gathers no candidates on loopback, because the interface says that it is one. Here it
 * does not say so, and the others say that they are down, so that nothing leaves this machine.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

int getifaddrs(struct ifaddrs **found) {
  int (*original)(struct ifaddrs **) = dlsym(RTLD_NEXT, "getifaddrs");
  int result = original(found);
  if (result != 0) return result;
  for (struct ifaddrs *one = *found; one != NULL; one = one->ifa_next) {
    if (strcmp(one->ifa_name, "lo") == 0) one->ifa_flags &= ~IFF_LOOPBACK;
    else one->ifa_flags &= ~(IFF_UP | IFF_RUNNING);
  }
  return 0;
}
