FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum* ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /application .

FROM build AS test
RUN go vet ./... && go test ./...

# Certificates and time zones, and nothing that can be run but the application.
FROM gcr.io/distroless/static-debian13:nonroot
ENV PORT={{port}}
COPY --from=build /application /application
USER 10001:10001
EXPOSE {{port}}
ENTRYPOINT ["/application"]
