# One image for every node. `docker compose up` builds it; see docs/docker.md.
FROM node:24-bookworm AS build
WORKDIR /opt/balai
ENV NODE_ENV=production
COPY . .
# Packages, the media worker (downloaded or built from source) and the client, by the same steps as `npm start`.
RUN node setup/prepare.mjs /opt/mediasoup-worker

FROM node:24-bookworm-slim
# ffmpeg records; the libraries are what a worker built from source needs.
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ffmpeg libssl3 libuv1 libsrtp2-1 libabsl20220623 libflatbuffers2 \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown node:node /data
WORKDIR /opt/balai
COPY --from=build /opt/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=build /opt/balai /opt/balai
ENV NODE_ENV=production \
    MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker \
    HOST=0.0.0.0 \
    DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "server/main.ts"]
