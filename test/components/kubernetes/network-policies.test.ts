import assert from "node:assert/strict";
import { networkPolicies, toOutside } from "../../../components/kubernetes/application/network.ts";
import { toDestination } from "../../../components/kubernetes/openings.ts";
import { reaches } from "./reachability.ts";
import type { End, Policy, Target } from "./reachability.ts";

const selector = { "app.kubernetes.io/instance": "web" };
const SHOP = { "app.kubernetes.io/instance": "shop" };
const API = { "app.kubernetes.io/instance": "api" };
const PROMETHEUS = { "app.kubernetes.io/name": "prometheus" };
const database = { cidrs: ["10.0.200.0/24"], ports: [5432] } as const;

/** The policies of the namespace `web`, as a cluster would see them. */
function policies(withDatabase = true): Policy[] {
    const specs = networkPolicies({
        pods: selector,
        ports: [8080],
        callers: { shop: { namespace: "shop", pods: SHOP, ports: [8080] } },
        calls: { api: { namespace: "api", pods: API, ports: [3000] } },
        destinations: withDatabase ? { database: [database] } : {},
        metrics: { port: 9090, from: { namespace: "observability", pods: PROMETHEUS, ports: [] } },
    });
    return Object.values(JSON.parse(JSON.stringify(specs)) as Record<string, Policy["spec"]>).map(
        (spec) => ({ namespace: "web", spec }),
    );
}

const web: End = { namespace: "web", labels: selector };
const sibling: End = { namespace: "web", labels: { job: "smoke-test" } };
const stranger: End = { namespace: "shop", labels: selector };
const shop: End = { namespace: "shop", labels: SHOP };
const falseShop: End = { namespace: "other", labels: SHOP };
const api: End = { namespace: "api", labels: API };
const prometheus: End = { namespace: "observability", labels: PROMETHEUS };
const dns: End = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
const nodeDns: End = { namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } };
const otherSystem: End = { namespace: "kube-system", labels: { "k8s-app": "metrics-server" } };
const falseDns: End = { namespace: "shop", labels: { "k8s-app": "kube-dns" } };
const localDns: End = { address: "169.254.20.10" };
const server: End = { address: "10.0.200.4" };
const metadata: End = { address: "169.254.169.254" };
const internet: End = { address: "93.184.216.34" };

const http: Target = { protocol: "TCP", port: 8080 };
const postgres: Target = { protocol: "TCP", port: 5432 };
const dnsUdp: Target = { protocol: "UDP", port: 53 };
const dnsTcp: Target = { protocol: "TCP", port: 53 };

describe("networkPolicies", () => {
    const open: [title: string, from: End, to: End, target: Target][] = [
        ["a pod of the namespace reach the application", sibling, web, http],
        ["the application ask the cluster's DNS", web, dns, dnsUdp],
        ["the application ask the cluster's DNS over TCP", web, dns, dnsTcp],
        ["the application ask the cache on its node (GKE)", web, nodeDns, dnsUdp],
        ["the application ask the cache at its link-local address", web, localDns, dnsUdp],
        ["the application reach its database", web, server, postgres],
        ["an application that calls it reach it", shop, web, http],
        ["the application reach the one that it calls", web, api, { protocol: "TCP", port: 3000 }],
        ["Prometheus read its metrics", prometheus, web, { protocol: "TCP", port: 9090 }],
    ];
    for (const [title, from, to, target] of open) {
        it(`let ${title}`, () => {
            assert.equal(reaches(policies(), from, to, target), true);
        });
    }

    const closed: [title: string, from: End, to: End, target: Target][] = [
        ["another namespace, whatever its pods are called (G3.24)", stranger, web, http],
        ["the internet", internet, web, http],
        ["the namespace from other ports", sibling, web, { protocol: "TCP", port: 9090 }],
        ["the application from the internet's servers", web, internet, http],
        ["the application from other DNS servers (G3.25)", web, internet, dnsUdp],
        ["the application from a false DNS in another namespace", web, falseDns, dnsUdp],
        ["the application from the rest of kube-system", web, otherSystem, http],
        ["the application from the cloud's metadata", web, metadata, http],
        ["the application from other ports of the database", web, server, http],
        [
            "the application from addresses next to the database",
            web,
            { address: "10.0.201.4" },
            postgres,
        ],
        ["other pods of the namespace from the database", sibling, server, postgres],
        ["a caller's labels in another namespace", falseShop, web, http],
        ["a caller from its metrics", shop, web, { protocol: "TCP", port: 9090 }],
        ["the application from other ports of the one it calls", web, api, http],
        ["Prometheus from its own port", prometheus, web, http],
    ];
    for (const [title, from, to, target] of closed) {
        it(`keep off ${title}`, () => {
            assert.equal(reaches(policies(), from, to, target), false);
        });
    }

    it("keep an application without a database off every database", () => {
        assert.equal(reaches(policies(false), web, server, postgres), false);
        assert.equal(policies(false).length, 7);
    });

    it("open nothing for what has no address or no port, where Kubernetes would open all", () => {
        const ways = [
            { cidrs: [], ports: [443] },
            { cidrs: ["198.51.100.0/24"], ports: [] },
            { namespace: "api", pods: API, ports: [] },
        ] as const;
        for (const way of ways) {
            const { "allow-x": spec } = networkPolicies({
                pods: selector,
                ports: [],
                callers: {},
                calls: {},
                destinations: { x: [way] },
            });
            assert.deepEqual(spec, {
                podSelector: { matchLabels: selector },
                policyTypes: ["Egress"],
                egress: [],
            });
        }
    });

    it("isolate pods that no other policy selects", () => {
        const denied = policies()[0]?.spec;
        assert.deepEqual(denied, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });
});

describe("toOutside", () => {
    /** Where pods of `web` get through an `egress` of these blocks, at port 443. */
    const reached = (cidrs: readonly `${string}/${number}`[], address: string) => {
        const egress = toOutside({ cidrs, ports: [443] }).flatMap(toDestination);
        const spec = { podSelector: {}, policyTypes: ["Egress"], egress } as Policy["spec"];
        const target = { protocol: "TCP", port: 443 } as const;
        return reaches([{ namespace: "web", spec }], web, { address }, target);
    };

    it("leads to the internet, and to nothing private on the way (SSRF)", () => {
        const everything = ["0.0.0.0/0"] as const;
        assert.equal(reached(everything, "93.184.216.34"), true);
        for (const address of ["10.0.200.4", "100.64.0.9", "169.254.169.254", "168.63.129.16"]) {
            assert.equal(reached(everything, address), false, address);
        }
        for (const half of ["0.0.0.0/1", "128.0.0.0/1"] as const) {
            assert.equal(reached([half], "10.0.200.4"), false);
            assert.equal(reached([half], "169.254.169.254"), false);
        }
    });

    it("leads to what is private where it is named", () => {
        assert.equal(reached(["0.0.0.0/0", "10.0.200.0/24"], "10.0.200.4"), true);
        assert.equal(reached(["10.0.0.0/8"], "10.0.200.4"), true);
    });

    it("excepts only what lies within a block, as Kubernetes asks", () => {
        assert.deepEqual(
            toOutside({ cidrs: ["100.0.0.0/8", "10.0.0.0/8"], ports: [443] }).flatMap(
                toDestination,
            ),
            [
                {
                    to: [
                        { ipBlock: { cidr: "100.0.0.0/8", except: ["100.64.0.0/10"] } },
                        { ipBlock: { cidr: "10.0.0.0/8" } },
                    ],
                    ports: [{ protocol: "TCP", port: 443 }],
                },
            ],
        );
    });
});
