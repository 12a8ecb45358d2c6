#include "report.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "peer.h"
#include "wire.h"

static double ms(uint64_t ns) { return ns / 1e6; }

static double latency_at(const tally *of, double share) {
  uint64_t below = 0, wanted = of->latencies * share;
  for (int step = 0; step < LATENCY_STEPS; step++) {
    below += of->latency[step];
    if (below > wanted) return step * ms(LATENCY_STEP_NS);
  }
  return 0;
}

static double cpu_ms(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

void report_group(int group) {
  uint64_t expected = 0, received = 0, sent = 0, asked = 0, resent = 0;
  int up = 0, flowing = 0, begun = 0, keyed = 0;
  for (int id = 0; id < peer_count; id++) {
    const peer *one = peers[id];
    if (one == NULL || one->group != group || one->is_gone) continue;
    up += one->is_up;
    int flows = 0;
    for (int at = 0; at < one->stream_count; at++) {
      const stream *of = &one->streams[at];
      uint64_t now = of->received - of->marked_received;
      expected += of->cycles + of->newest - of->marked_newest;
      received += now;
      flows |= now > 0;
      begun++;
      keyed += of->key_at != 0 || !of->is_video;
    }
    flowing += flows;
    for (int which = 0; which < one->source_count; which++) {
      sent += one->sources[which].packets;
      asked += one->sources[which].keys_asked;
      resent += one->sources[which].resent;
    }
  }
  const tally *of = &tallies[group];
  printf("{\"kind\":\"window\",\"up\":%d,\"flowing\":%d,\"streams\":%d,\"decodable\":%d,\"packets\":%lu,\"bytes\":%lu,"
         "\"expected\":%lu,\"received\":%lu,\"p50Ms\":%.1f,\"p95Ms\":%.1f,\"p99Ms\":%.1f,\"latencies\":%lu,"
         "\"undecipherable\":%lu,\"sent\":%lu,\"keysAsked\":%lu,\"resent\":%lu,\"socketDrops\":%u,\"cpuMs\":%.3f}\n",
         up, flowing, begun, keyed, of->packets, of->bytes, expected, received, latency_at(of, 0.5),
         latency_at(of, 0.95), latency_at(of, 0.99), of->latencies, of->undecipherable, sent, asked, resent,
         socket_drops, cpu_ms());
  fflush(stdout);
}

void mark_group(int group) {
  memset(&tallies[group], 0, sizeof tallies[group]);
  for (int id = 0; id < peer_count; id++) {
    if (peers[id] == NULL || peers[id]->group != group) continue;
    for (int at = 0; at < peers[id]->stream_count; at++) {
      stream *of = &peers[id]->streams[at];
      of->marked_newest = of->cycles + of->newest;
      of->marked_received = of->received;
    }
  }
}

void report_joins(int group) {
  const char *between = "";
  printf("{\"kind\":\"joins\",\"peers\":[");
  for (int id = 0; id < peer_count; id++) {
    const peer *one = peers[id];
    if (one == NULL || one->group != group) continue;
    printf("%s{\"id\":%d,\"addedAt\":%.3f,\"upAt\":%.3f,\"streams\":[", between, id, ms(one->added_at), ms(one->up_at));
    for (int at = 0; at < one->stream_count; at++) {
      const stream *of = &one->streams[at];
      printf("%s{\"ssrc\":%u,\"isVideo\":%s,\"firstAt\":%.3f,\"keyAt\":%.3f}", at ? "," : "", of->ssrc,
             of->is_video ? "true" : "false", ms(of->first_at), ms(of->key_at));
    }
    printf("]}");
    between = ",";
  }
  printf("]}\n");
  fflush(stdout);
}
