import assert from "node:assert/strict";
import {
    exposureProblems,
    gatewayProblems,
} from "../../../../components/kubernetes/gateway/problems.ts";
import { describeProblem } from "../../../../components/lib/problem.ts";
import type { ExposeSettings } from "../../../../components/settings/expose-types.ts";
import type { GatewaySettings } from "../../../../components/settings/service-types.ts";
import { GATEWAY, NAMELESS } from "./support.ts";

const inGateway = (settings: GatewaySettings) =>
    gatewayProblems(settings, { path: "gateway" }).map(describeProblem);

describe("gatewayProblems", () => {
    it("finds none in a way in with a domain, with none, or with somebody else's records", () => {
        for (const settings of [
            GATEWAY,
            NAMELESS,
            { ...GATEWAY, kind: "cloud" as const, firewall: true },
            { ...GATEWAY, zone: false, certificates: "private" as const },
        ]) {
            assert.deepEqual(inGateway(settings), []);
        }
    });

    it("rejects Let's Encrypt where no record can prove the domain", () => {
        assert.deepEqual(inGateway({ ...GATEWAY, zone: false }), [
            "gateway.certificates: letsencrypt is an authority to which a domain has to be proven by a record in its zone, and the site keeps no zone. Set domain and zone, or set certificates to private.",
        ]);
    });

    it("rejects a cloud's gateway and a zone without a domain", () => {
        assert.deepEqual(inGateway({ ...NAMELESS, kind: "cloud", zone: true }), [
            "gateway.kind: cloud is a gateway that ends TLS for a domain, and the site has none. Set domain, or set kind to envoy.",
            "gateway.zone: true is a zone for the domain, and the site has none. Set domain, or leave zone out.",
        ]);
    });

    it("rejects a firewall before Envoy", () => {
        assert.deepEqual(inGateway({ ...GATEWAY, firewall: true }), [
            "gateway.firewall: true is a web application firewall, which stands before the cloud's own gateway only. Set kind to cloud, or leave firewall out.",
        ]);
    });
});

const EXPOSE: ExposeSettings = { reach: "public", hosts: [], paths: ["/"], redirects: {} };

const inExposure = (settings: Partial<ExposeSettings>, gateway: GatewaySettings = GATEWAY) =>
    exposureProblems({ ...EXPOSE, ...settings }, gateway, { path: "applications.web.expose" }).map(
        describeProblem,
    );

const CORS = { origins: ["*"], methods: ["GET"], headers: [], credentials: true };

describe("exposureProblems", () => {
    it("finds none in what Envoy can do", () => {
        const jwt = { issuer: "i", audiences: ["a"], jwks: "https://i/keys" };
        const rateLimit = { requests: 1, per: "second" as const };
        const cors = { ...CORS, credentials: false };
        const hosts = ["example.com", "web.example.com"];
        const all = { jwt, rateLimit, cors, hosts, timeout: 30, bodyLimit: "10Mi" };
        assert.deepEqual(inExposure(all), []);
    });

    it("rejects every one of them on a cloud's own gateway, and drops none", () => {
        const jwt = { issuer: "i", audiences: ["a"], jwks: "https://i/keys" };
        const rateLimit = { requests: 1, per: "second" as const };
        const cors = { ...CORS, credentials: false };
        const all = { jwt, rateLimit, cors, timeout: 30, bodyLimit: "10Mi" };
        const found = inExposure(all, { ...GATEWAY, kind: "cloud" });
        assert.deepEqual(
            found.map((line) => line.slice(0, line.indexOf(":"))),
            ["timeout", "bodyLimit", "rateLimit", "cors", "jwt"].map(
                (key) => `applications.web.expose.${key}`,
            ),
        );
        assert.deepEqual(inExposure({}, { ...GATEWAY, kind: "cloud" }), []);
    });

    it("rejects names that the certificate does not cover", () => {
        for (const host of ["a.b.example.com", "example.org", "webexample.com", ".example.com"]) {
            const [line, ...more] = inExposure({ hosts: [host] });
            assert.equal(more.length, 0);
            assert.match(
                line ?? "",
                /^applications\.web\.expose\.hosts: \S+ is neither example\.com nor one name below it/,
            );
        }
    });

    it("rejects names where the site has no domain", () => {
        assert.deepEqual(inExposure({ hosts: ["web.example.com"] }, NAMELESS), [
            "applications.web.expose.hosts: web.example.com is a name, and the site has no domain. Set the site's gateway.domain, or leave hosts out.",
        ]);
    });

    it("rejects credentials for pages of every origin", () => {
        assert.deepEqual(inExposure({ cors: CORS }), [
            "applications.web.expose.cors.origins: * would let pages of everybody act with a user's credentials. Name the origins, or set credentials to false.",
        ]);
    });

    it("rejects a path that leads to itself", () => {
        assert.deepEqual(inExposure({ redirects: { "/a": "/a", "/b": "/c" } }), [
            "applications.web.expose.redirects: /a leads to itself. Lead it elsewhere or leave it out.",
        ]);
    });

    it("rejects more than a route holds, which the API server would refuse", () => {
        const hosts = Array.from({ length: 17 }, (_, at) => `web-${at}.example.com`);
        const paths = Array.from({ length: 65 }, (_, at) => `/path-${at}`);
        const redirects = Object.fromEntries(paths.slice(0, 16).map((from) => [from, "/"]));
        assert.deepEqual(inExposure({ hosts, paths, redirects }), [
            "applications.web.expose.hosts: 17 are more than the 16 that one route holds. Leave some out, or let the application answer them itself.",
            "applications.web.expose.paths: 65 are more than the 64 that one route holds. Leave some out, or let the application answer them itself.",
            "applications.web.expose.redirects: 16 are more than the 15 that one route holds. Leave some out, or let the application answer them itself.",
        ]);
    });

    it("rejects paths that the API server refuses, and takes those that it does not", () => {
        const wrong = ["//a", "/a/./b", "/a/../b", "/a/..", "/a%2fb", "/a%zz"];
        assert.deepEqual(
            inExposure({ paths: wrong }),
            wrong.map(
                (path) =>
                    `applications.web.expose.paths: ${path} is not a path that a route can be found by. Write it without //, /./, /../ and %2F, and % only before two digits of its code.`,
            ),
        );
        assert.equal(inExposure({ redirects: { "/a//b": "/c" } }).length, 1);
        assert.deepEqual(inExposure({ paths: ["/", "/a.b/~c/d%20e", "/a..b"] }), []);
    });

    it("rejects redirects of which a part would be lost, or that no route can lead to", () => {
        const wrong = ["https://a.example/?b=c", "https://a.example/#top", "https://%%/"];
        for (const to of wrong) {
            assert.deepEqual(inExposure({ redirects: { "/a": to } }), [
                `applications.web.expose.redirects./a: ${to} is not an address that a route can lead to: a host and a path, and nothing behind them. Leave out what begins with ? or #, or let the application redirect itself.`,
            ]);
        }
        assert.deepEqual(inExposure({ redirects: { "/a": "https://a.example:8443/b" } }), []);
    });

    it("rejects keys of tokens that the proxies could not fetch", () => {
        const jwt = { issuer: "https://i", audiences: ["a"], jwks: "https://i.example:8443/keys" };
        assert.deepEqual(inExposure({ jwt }), [
            "applications.web.expose.jwt.jwks: https://i.example:8443/keys is at a port to which the proxies are not let out. Publish the keys at 443, and leave the port out.",
        ]);
        const long = `https://i.example/${"k".repeat(253)}`;
        const audiences = "abcdefghi".split("");
        assert.deepEqual(
            inExposure({ jwt: { issuer: long, audiences, jwks: long } }).map((line) =>
                line.slice(0, line.indexOf(":")),
            ),
            ["audiences", "issuer", "jwks"].map((part) => `applications.web.expose.jwt.${part}`),
        );
        assert.deepEqual(inExposure({ jwt: { ...jwt, jwks: "https://i.example:443/keys" } }), []);
    });
});
