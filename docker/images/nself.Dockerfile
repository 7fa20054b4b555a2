# One image for every service and for the command: they differ only in what they start.
FROM node:24-bookworm-slim AS build
WORKDIR /nself
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /nself
COPY --from=build --chown=node:node /nself/package.json ./
COPY --from=build --chown=node:node /nself/node_modules node_modules
COPY --from=build --chown=node:node /nself/dist dist
COPY --from=build --chown=node:node /nself/hasura hasura
COPY --from=build --chown=node:node /nself/migrations migrations
RUN install -d -o node -g node /objects
USER node
CMD ["node", "dist/apps/cli/src/main.js"]
