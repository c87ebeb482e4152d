import assert from "node:assert/strict";
import { kubeconfig } from "../../components/lib/kubeconfig.ts";

const args = {
    name: "myapp-dev-aws",
    server: "https://example.com",
    certificateAuthority: "Y2E=",
    exec: {
        command: "aws",
        args: ["eks", "get-token"],
        env: { AWS_REGION: "eu-central-1" },
        installHint: "Install the AWS CLI",
    },
};

interface Kubeconfig {
    readonly "current-context": string;
    readonly clusters: readonly { readonly cluster: object }[];
    readonly users: readonly { readonly user: object }[];
}

const read = (text: string) => JSON.parse(text) as Kubeconfig;

describe("lib/kubeconfig", () => {
    it("gets its token from a command and holds none", () => {
        const { users } = read(kubeconfig(args));
        assert.deepEqual(users[0]?.user, {
            exec: {
                apiVersion: "client.authentication.k8s.io/v1beta1",
                command: "aws",
                args: ["eks", "get-token"],
                env: [{ name: "AWS_REGION", value: "eu-central-1" }],
                installHint: "Install the AWS CLI",
                interactiveMode: "Never",
                provideClusterInfo: true,
            },
        });
    });

    it("points its context at its one cluster", () => {
        const config = read(kubeconfig(args));
        assert.equal(config["current-context"], "myapp-dev-aws");
        assert.deepEqual(config.clusters[0]?.cluster, {
            server: "https://example.com",
            "certificate-authority-data": "Y2E=",
        });
    });

    it("leaves the certificate authority out where the endpoint is publicly trusted", () => {
        const { clusters } = read(kubeconfig({ ...args, certificateAuthority: undefined }));
        assert.deepEqual(clusters[0]?.cluster, { server: "https://example.com" });
    });
});
