# Runs the TypeScript sources as they are: Node 24 strips the types. The first stage only fetches what they import.
FROM node:24-bookworm-slim AS packages
WORKDIR /plumbline
COPY package.json package-lock.json ./
# No scripts of packages run; the optional Node binary is left out, since the image has one.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/plumbline
WORKDIR /plumbline
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/plumbline
COPY --from=packages /plumbline/node_modules ./node_modules
COPY package.json app.yml LICENSE ./
COPY schemas ./schemas
COPY policies ./policies
COPY src ./src
USER node
VOLUME /var/lib/plumbline
EXPOSE 3000
# Alive, not ready: a store that is away for a minute is no reason to restart.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process: it gets SIGTERM itself and stops within 25 seconds.
CMD ["node", "src/main.ts"]
