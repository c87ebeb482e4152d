import assert from "node:assert/strict";
import type { Destination } from "../../../components/contracts/destination.ts";
import { deployApplication } from "../../../components/kubernetes/application/deploy.ts";
import { networkPolicies } from "../../../components/kubernetes/application/network.ts";
import { ClusterServices } from "../../../components/kubernetes/cluster-services.ts";
import { elasticPolicies } from "../../../components/kubernetes/operators/eck.ts";
import { rabbitmqPolicies } from "../../../components/kubernetes/operators/rabbitmq.ts";
import { ELASTICSEARCH_PODS } from "../../../components/kubernetes/services/elasticsearch.ts";
import { KAFKA_PODS } from "../../../components/kubernetes/services/kafka.ts";
import { RABBITMQ_PODS } from "../../../components/kubernetes/services/rabbitmq.ts";
import { VALKEY_PODS } from "../../../components/kubernetes/services/valkey-values.ts";
import { letsOutTo } from "./reachability.ts";
import type { Policy, ServiceEnd } from "./reachability.ts";
import { record } from "./record.ts";
import { FakeCluster, FakeStore, SETTINGS, TAGS, partsOf, reading } from "./site.ts";

const plain = (namespace: string, specs: object): Policy[] =>
    Object.values(JSON.parse(JSON.stringify(specs)) as Record<string, Policy["spec"]>).map(
        (spec) => ({ namespace, spec }),
    );

/** What the operators' and the charts' own Services select by. */
const SERVICES: Readonly<
    Record<
        string,
        { readonly pods: Record<string, string>; readonly selector: ServiceEnd["selector"] }
    >
> = {
    RabbitMQ: { pods: RABBITMQ_PODS, selector: { "app.kubernetes.io/name": "rabbitmq" } },
    "Kafka's bootstrap": {
        pods: KAFKA_PODS,
        selector: {
            "strimzi.io/broker-role": "true",
            "strimzi.io/cluster": "kafka",
            "strimzi.io/kind": "Kafka",
            "strimzi.io/name": "kafka-kafka",
        },
    },
    Elasticsearch: {
        pods: ELASTICSEARCH_PODS,
        selector: {
            "common.k8s.elastic.co/type": "elasticsearch",
            "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch",
        },
    },
    "Valkey's proxies": {
        pods: VALKEY_PODS.proxy,
        selector: {
            "app.kubernetes.io/name": "valkey-haproxy",
            "app.kubernetes.io/instance": "valkey",
        },
    },
};

/** The policies of an application that may reach one destination. */
const clientOf = (destination: Destination): Policy[] =>
    plain(
        "shop",
        networkPolicies({
            pods: { app: "shop" },
            ports: [],
            callers: {},
            calls: {},
            destinations: { service: [destination] },
        }),
    );

describe("Services, which EKS knows by their selectors", () => {
    for (const [service, { pods, selector }] of Object.entries(SERVICES)) {
        it(`let clients of ${service} out to it, and to no other`, () => {
            const policies = clientOf({ namespace: "data", pods, ports: [9999] });
            const from = { namespace: "shop", labels: { app: "shop" } };
            const open = (found: ServiceEnd["selector"]) =>
                letsOutTo(policies, from, { namespace: "data", selector: found }, tcp(9999));
            assert.equal(open(selector), true);
            assert.equal(open({ "app.kubernetes.io/name": "other" }), false);
        });
    }

    it("let the operators out to what they look after", () => {
        const operator = { namespace: "operators", labels: {} };
        const open = (specs: object, service: string, port: number) =>
            letsOutTo(
                plain("operators", specs),
                operator,
                { namespace: "data", selector: SERVICES[service]?.selector ?? {} },
                tcp(port),
            );
        assert.equal(open(rabbitmqPolicies(), "RabbitMQ", 15671), true);
        assert.equal(open(rabbitmqPolicies(), "Elasticsearch", 15671), false);
        assert.equal(open(elasticPolicies(), "Elasticsearch", 9200), true);
    });

    it("let an application out to the ones that it calls", async () => {
        const made = await record(deployBoth);
        const policies = made
            .filter(({ type, name }) => type.endsWith(":NetworkPolicy") && name.includes("shop"))
            .map(({ inputs }): Policy => ({
                namespace: "shop",
                spec: inputs["spec"] as Policy["spec"],
            }));
        const service = made.find(({ type, name }) => type.endsWith(":Service") && name === "web");
        const { selector } = service?.inputs["spec"] as ServiceEnd;
        const shop = { namespace: "shop", labels: { "app.kubernetes.io/instance": "shop" } };
        const open = (port: number) =>
            letsOutTo(policies, shop, { namespace: "web", selector }, tcp(port));
        assert.equal(open(SETTINGS.port ?? 0), true);
        assert.equal(open(9999), false);
    });
});

const tcp = (port: number) => ({ protocol: "TCP", port }) as const;

/** Deploys the application `web` on a fake site, and `shop`, which calls it. */
function deployBoth(): void {
    const cluster = new FakeCluster("site", { unknown: false });
    const { secretsOperator } = new ClusterServices("site", {
        cluster,
        highAvailability: false,
        tags: TAGS,
    });
    const secretStore = new FakeStore("site", reading("aws", false));
    const web = { ...SETTINGS, database: undefined };
    const applications = { web, shop: { ...web, calls: ["web"] } };
    const site = { ...partsOf({ cluster, secretStore, secretsOperator }), applications };
    for (const [application, settings] of Object.entries(applications)) {
        deployApplication(application, { application, settings, site });
    }
}
