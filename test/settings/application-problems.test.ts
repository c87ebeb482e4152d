import assert from "node:assert/strict";
import { app, database, problemsOf, rejectsEach, stack } from "./support.ts";

describe("settings of applications that are wrong", () => {
    rejectsEach([
        [
            "an image without tag or digest, and latest (G9.5)",
            {
                applications: {
                    a: { image: "nginx" },
                    b: { image: "host:5000/nginx" },
                    c: { image: "nginx:latest" },
                },
            },
            [
                'applications.a.image: "nginx" is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.',
                'applications.b.image: "host:5000/nginx" is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.',
                'applications.c.image: "nginx:latest" is not a pinned image. latest changes under your feet; name the tag that was tested.',
            ],
        ],
        [
            "no image at all",
            { applications: { a: { port: 80 } } },
            [
                "applications.a.port: 80 is not a whole number from 1024 to 65535. Write it like 1024.",
                "applications.a.image: is missing. Name the image that was tested, like ghcr.io/acme/shop:1.4.2.",
            ],
        ],
        [
            "what else is wrong where the image is missing or wrong",
            {
                registries: { images: { repositories: ["shop"] } },
                applications: {
                    a: { registry: "images", database: "x" },
                    b: { image: "nginx", database: "x", calls: ["checkout"] },
                },
            },
            [
                'applications.b.image: "nginx" is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.',
                "applications.a.image: is missing. Name the image that was tested, like ghcr.io/acme/shop:1.4.2.",
                'applications.a.database: "x" is not a database of the site. Add it under databases, like x: {}.',
                'applications.b.database: "x" is not a database of the site. Add it under databases, like x: {}.',
                'applications.b.calls: "checkout" is not an application of the site. Write a.',
            ],
        ],
        [
            "ports out of range",
            { applications: app({ port: 65536 }) },
            [
                "applications.shop.port: 65536 is not a whole number from 1024 to 65535. Write it like 1024.",
            ],
        ],
        [
            "bad units of CPU and memory",
            { applications: app({ resources: { cpu: "0.5 cores", memory: "512MB" } }) },
            [
                'applications.shop.resources.cpu: "0.5 cores" is not an amount of CPU. Write it like 250m.',
                'applications.shop.resources.memory: "512MB" is not an amount of memory in Mi or Gi. Write 512Mi.',
            ],
        ],
        [
            "memory in thousandths of a byte",
            { applications: app({ resources: { memory: "512m" } }) },
            [
                'applications.shop.resources.memory: "512m" is not an amount of memory in Mi or Gi. In Kubernetes m means thousandths of a byte; write 512Mi.',
            ],
        ],
        [
            "a pod that fits no node",
            {
                applications: app({
                    resources: { cpu: 2, memory: "8Gi" },
                    quota: { cpu: 8, memory: "32Gi" },
                }),
            },
            [
                'applications.shop.resources.cpu: "2" fits no node: the largest without taints, medium, has 2 CPU, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
                'applications.shop.resources.memory: "8Gi" fits no node: the largest without taints, medium, has 8 GiB, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
            ],
        ],
        [
            "a database that the site does not have",
            { ...database({}), applications: app({ database: "mian" }) },
            [
                'applications.shop.database: "mian" is not a database of the site. Did you mean "main"?',
            ],
        ],
        [
            "an application in a namespace of Kubernetes",
            { applications: { "kube-system": app().shop } },
            [
                "applications.kube-system: is a namespace that Kubernetes or the platform uses itself. Give the application another name.",
            ],
        ],
    ]);

    it("rejects variables that the platform sets, those of a database only with one", () => {
        const env = { POD_IP: "x", PGHOST: "x" };
        const problem = (name: string) =>
            `applications.shop.env.${name}: is a variable that the platform sets itself. Remove it, or give it another name.`;
        assert.deepEqual(problemsOf(stack({ applications: app({ env }) })), [problem("POD_IP")]);
        assert.deepEqual(
            problemsOf(stack({ ...database({}), applications: app({ env, database: "main" }) })),
            [problem("POD_IP"), problem("PGHOST")],
        );
    });
});
