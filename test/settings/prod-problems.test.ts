import assert from "node:assert/strict";
import { database, pool, problemsOf, settingsOf, stack, warningsOf } from "./support.ts";

describe("settings of prod", () => {
    const prod = (more: object = {}) => stack({ environment: "prod", ...more });

    it("rejects an API that is open to the Internet, halves of it included", () => {
        for (const block of ["0.0.0.0/0", "128.0.0.0/1", "64.0.0.0/7"]) {
            assert.deepEqual(problemsOf(prod({ apiAccess: { cidrs: [block] } })), [
                `apiAccess.cidrs[0]: "${block}" opens the Kubernetes API of prod to the Internet. List the blocks of your offices, runners or VPN, or [] to close the public endpoint.`,
            ]);
        }
        settingsOf(prod({ apiAccess: { cidrs: ["64.0.0.0/8"] } }));
    });

    it("only warns of it elsewhere", () => {
        for (const block of ["0.0.0.0/0", "64.0.0.0/2"]) {
            assert.deepEqual(warningsOf(stack({ apiAccess: { cidrs: [block] } })), [
                `apiAccess.cidrs[0]: "${block}" lets the whole Internet reach the Kubernetes API's login. List the blocks of your offices, runners or VPN.`,
            ]);
        }
    });

    it("rejects protection that is switched off without acknowledgement", () => {
        const open = {
            cluster: { deletionProtection: false },
            secretStore: { recoverable: false },
            ...database({ deletionProtection: false }),
        };
        assert.deepEqual(problemsOf(prod(open)), [
            "cluster.deletionProtection: false leaves prod without protection against deletion. Set it to true, or accept it with acknowledge: [unprotected-prod].",
            "databases.main.deletionProtection: false leaves prod without protection against deletion. Set it to true, or accept it with acknowledge: [unprotected-prod].",
            "secretStore.recoverable: false lets a deleted secret of prod be lost at once. Set it to true, or accept it with acknowledge: [unprotected-prod].",
        ]);
        assert.deepEqual(warningsOf(prod({ ...open, acknowledge: ["unprotected-prod"] })), []);
        settingsOf(stack(open));
    });

    it("rejects a single zone and short backups without acknowledgement (G9.18)", () => {
        const weak = {
            network: { highAvailability: false },
            ...database({ backupRetention: "6 days", highAvailability: false }),
        };
        assert.deepEqual(problemsOf(prod(weak)), [
            "network.highAvailability: false lets prod go down with one zone. Set it to true, or accept it with acknowledge: [single-zone-prod].",
            "databases.main.highAvailability: false lets prod go down with one zone. Set it to true, or accept it with acknowledge: [single-zone-prod].",
            'databases.main.backupRetention: "6 days" is less than the 7 days that prod\'s backups are kept. Write 7 days or more, or accept it with acknowledge: [short-backups-prod].',
        ]);
        settingsOf(prod({ ...weak, acknowledge: ["single-zone-prod", "short-backups-prod"] }));
    });

    it("rejects queues and streams with short backups or none, which have a week of them otherwise", () => {
        const weak = {
            queues: { mail: { backupRetention: "none" }, jobs: {} },
            streams: { events: { backupRetention: "6 days" } },
        };
        const rest =
            "is less than the 7 days that prod's backups are kept. Write 7 days or more, or accept it with acknowledge: [short-backups-prod].";
        assert.deepEqual(problemsOf(prod(weak)), [
            `queues.mail.backupRetention: "none" ${rest}`,
            `streams.events.backupRetention: "6 days" ${rest}`,
        ]);
        settingsOf(prod({ ...weak, acknowledge: ["short-backups-prod"] }));
        const [site] = settingsOf(prod({ queues: { jobs: {} }, streams: { events: {} } })).sites;
        assert.equal(site?.queues["jobs"]?.backupRetention, "7 days");
        assert.equal(site?.streams["events"]?.backupRetention, "7 days");
    });

    it("rejects services of one member, and whatever they hold without protection", () => {
        const weak = {
            queues: { mail: { replicas: 1 } },
            streams: { events: { brokers: 1, topics: { orders: {} } } },
            caches: { sessions: { highAvailability: false } },
            objectStores: { pictures: { deletionProtection: false } },
        };
        const zone = "lets prod go down with one zone.";
        const or = "or accept it with acknowledge: [single-zone-prod].";
        assert.deepEqual(problemsOf(prod(weak)), [
            "objectStores.pictures.deletionProtection: false leaves prod without protection against deletion. Set it to true, or accept it with acknowledge: [unprotected-prod].",
            `caches.sessions.highAvailability: false ${zone} Set it to true, ${or}`,
            `queues.mail.replicas: 1 ${zone} Set it to 3, ${or}`,
            `streams.events.brokers: 1 ${zone} Set it to 3, ${or}`,
        ]);
        settingsOf(prod({ ...weak, acknowledge: ["single-zone-prod", "unprotected-prod"] }));
    });

    it("rejects an application that the internet reaches without a domain", () => {
        const web = { applications: { shop: { kind: "web", image: "ghcr.io/acme/shop:1.4.2" } } };
        assert.deepEqual(problemsOf(prod(web)), [
            'applications.shop.expose.reach: "public" answers the internet without a certificate that browsers trust. Write gateway.domain, or accept it with acknowledge: [plain-http-prod].',
        ]);
        settingsOf(prod({ ...web, gateway: { domain: "shop.example.com" } }));
        settingsOf(prod({ ...web, acknowledge: ["plain-http-prod"] }));
    });

    it("rejects an acknowledgement that does not exist and warns of one that accepts nothing", () => {
        assert.deepEqual(problemsOf(prod({ acknowledge: ["unprotected"] })), [
            'acknowledge[0]: "unprotected" is not one of unprotected-prod, single-zone-prod, short-backups-prod, plain-http-prod. Did you mean "unprotected-prod"?',
        ]);
        assert.deepEqual(warningsOf(prod({ acknowledge: ["single-zone-prod"] })), [
            'acknowledge[0]: "single-zone-prod" accepts that something in prod goes down with one zone, which is not so. Remove it.',
        ]);
    });

    it("rejects databases on a shared CPU", () => {
        assert.deepEqual(problemsOf(prod(database({ size: "small" }))), [
            'databases.main.size: "small" runs on a shared CPU, which prod must not depend on. Choose medium or larger.',
        ]);
    });

    it("rejects nodes that the cloud may take back all at once, or that stand in one zone", () => {
        assert.deepEqual(problemsOf(prod(pool({ spot: true }))), [
            "cluster.nodePools: holds nothing but spot nodes that prod can run on, and the cloud may take them all at once. Set spot to false for one pool without taints.",
        ]);
        assert.deepEqual(problemsOf(prod(pool({ min: 1 }))), [
            "cluster.nodePools: keeps fewer than two nodes without taints, which does not survive the loss of a zone. Raise min of a pool without taints to 2 or more.",
        ]);
    });
});
