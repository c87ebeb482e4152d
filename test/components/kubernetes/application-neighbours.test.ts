import assert from "node:assert/strict";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { containers, type Json, object, plan, pod, spec, variables } from "./program.ts";

const shopOf = (made: Recorded) => containers(pod(made, "shop", "Deployment"))["shop"];

describe("an application that uses a bucket", () => {
    const buckets = { "user-uploads": "write", reports: "read" };
    const objectStores = { "user-uploads": {}, reports: {} };

    /** What lets an identity use a store, on each cloud. */
    const GRANTS = {
        aws: /^aws:iam\/rolePolicy:RolePolicy$/,
        azure: /^azure-native:authorization:RoleAssignment$/,
        gcp: /^gcp:storage\/bucketIAMMember:BucketIAMMember$/,
    };

    for (const cloud of ["aws", "azure", "gcp"] as const) {
        it(`takes on an identity that may use these buckets only, on ${cloud}`, async () => {
            const made = await plan({ shop: { buckets }, other: {} }, { objectStores, cloud });
            const env = variables(shopOf(made));
            assert.deepEqual(Object.keys(env).sort(), [
                "BUCKET_REPORTS",
                "BUCKET_REPORTS_ENDPOINT",
                "BUCKET_USER_UPLOADS",
                "BUCKET_USER_UPLOADS_ENDPOINT",
                "POD_IP",
                "POD_NAME",
            ]);
            for (const name of ["REPORTS", "USER_UPLOADS"]) {
                assert.match(String(env[`BUCKET_${name}_ENDPOINT`]), /^https:\/\//);
                assert.equal(typeof env[`BUCKET_${name}`], "string");
            }
            const grants = made.resources.filter(
                ({ type, name }) => GRANTS[cloud].test(type) && name.includes("shop-bucket-"),
            );
            assert.equal(grants.length > 0, true);
            const { options } = object(made, "shop", "Deployment");
            for (const { urn } of grants) assert.ok(options.dependencies.includes(urn), urn);
            const names = ["allow-bucket-reports", "allow-bucket-user-uploads", "allow-identity"];
            for (const name of names) object(made, "shop", "NetworkPolicy", name);
            assert.equal("annotations" in (account(made, "other") as object), false);
        });
    }

    it("may only read what it only asked to read", async () => {
        const made = await plan({ shop: { buckets } }, { objectStores, cloud: "aws" });
        const actions = (bucket: string) =>
            made
                .all("aws:iam/rolePolicy:RolePolicy")
                .filter(({ name }) => name.includes(`shop-bucket-${bucket}`))
                .flatMap(
                    ({ inputs }) => JSON.parse(String(inputs["policy"])) as { Statement: Json[] },
                )
                .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action as string[]));
        assert.equal(actions("reports").includes("s3:PutObject"), false);
        assert.equal(actions("user-uploads").includes("s3:PutObject"), true);
    });
});

const account = (made: Recorded, application: string) =>
    object(made, application, "ServiceAccount").inputs["metadata"];

describe("an application that calls others", () => {
    const APPLICATIONS = {
        shop: { calls: ["api", "api:admin", "stock"] },
        api: { port: 3000, ports: { admin: 9000 }, calls: ["stock"] },
        stock: {},
    };

    it("is told their addresses, and let out to exactly these ports", async () => {
        const made = await plan(APPLICATIONS);
        const env = variables(shopOf(made));
        assert.equal(env["API_URL"], "http://api.api.svc.cluster.local");
        assert.equal(env["API_ADMIN_URL"], "http://api.api.svc.cluster.local:9000");
        assert.equal(env["STOCK_URL"], "http://stock.stock.svc.cluster.local");
        const way = (application: string, policy: string, direction: "ingress" | "egress") =>
            spec(made, application, "NetworkPolicy", policy)[direction];
        const pods = (key: string) => ({
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": key } },
            podSelector: { matchLabels: { "app.kubernetes.io/instance": key } },
        });
        const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
        assert.deepEqual(way("shop", "allow-call-api", "egress"), [
            { to: [pods("api")], ports: tcp(3000) },
        ]);
        assert.deepEqual(way("shop", "allow-call-api-admin", "egress"), [
            { to: [pods("api")], ports: tcp(9000) },
        ]);
        assert.deepEqual(way("api", "allow-caller-shop", "ingress"), [
            { from: [pods("shop")], ports: tcp(3000, 9000) },
        ]);
        assert.deepEqual(way("stock", "allow-caller-api", "ingress"), [
            { from: [pods("api")], ports: tcp(8080) },
        ]);
    });

    it("may have any name, also one that reads like a policy", async () => {
        const made = await plan({ namespace: { calls: ["api"] }, api: {} });
        const own = spec(made, "api", "NetworkPolicy", "allow-from-namespace")["ingress"];
        assert.deepEqual((own as Json[])[0]?.["from"], [{ podSelector: {} }]);
        object(made, "api", "NetworkPolicy", "allow-caller-namespace");
    });
});
