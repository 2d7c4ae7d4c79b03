FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .swcrc ./
COPY bin bin
COPY src src
COPY integrations integrations
COPY migrations migrations
# Builds as well, and then leaves what only building and testing need.
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/dist dist
COPY LICENSE NOTICE ./
RUN mkdir /data && chown node:node /data
USER node
# Without DATABASE_URL, the embedded PostgreSQL keeps everything here.
VOLUME /data
EXPOSE 4000
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/health/ready').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/vinculo.js"]
CMD ["start"]
