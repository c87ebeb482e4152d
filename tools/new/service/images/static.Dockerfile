FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

# What npm run build leaves in dist. Paths without a file are the page's own to understand.
FROM nginxinc/nginx-unprivileged:1.30-alpine-slim
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
    listen {{port}};
    server_tokens off;
    root /usr/share/nginx/html;
    location = /health {
        access_log off;
        return 200;
    }
    location = /ready {
        access_log off;
        return 200;
    }
    location / {
        try_files $uri $uri/ /index.html;
    }
}
EOF
COPY --from=build /app/dist /usr/share/nginx/html
USER 10001:10001
EXPOSE {{port}}
