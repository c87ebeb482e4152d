FROM node:24-trixie-slim AS build
WORKDIR /app
RUN apt-get update && apt-get install --yes --no-install-recommends tini
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build --if-present

FROM build AS test
RUN npm test

FROM build AS packed
RUN npm prune --omit=dev

# Without a shell or a package manager: what is not there serves nobody who breaks in.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
ENV PORT={{port}}
WORKDIR /app
COPY --from=packed /usr/bin/tini-static /tini
COPY --from=packed /app /app
USER 10001:10001
EXPOSE {{port}}
# Node by itself would not end on SIGTERM as the first process of a container. It runs what package.json calls main.
ENTRYPOINT ["/tini", "--", "/nodejs/bin/node"]
CMD ["."]
