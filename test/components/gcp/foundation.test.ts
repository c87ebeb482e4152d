import assert from "node:assert/strict";
import { GCP_LIMITS } from "../../../components/gcp/limits.ts";
import { DEV, runSite } from "./site.ts";

describe("GcpFoundation", () => {
    it("points its provider at the site's project and labels what it makes (G1.4)", async () => {
        const { inputs } = (await runSite(DEV)).one("pulumi:providers:gcp");
        assert.equal(inputs["project"], "myapp-platform-dev");
        assert.equal(inputs["region"], "europe-west3");
        assert.deepEqual(JSON.parse(String(inputs["defaultLabels"])), {
            environment: "dev",
            project: "myapp",
            "managed-by": "pulumi",
            owner: "platform-team",
            "cost-centre": "cc-1234",
            site: "gcp",
        });
    });

    it("enables the APIs it uses and never disables them for others (G1.59)", async () => {
        const services = (await runSite(DEV)).all("gcp:projects/service:Service");
        assert.equal(services.length, 16);
        for (const { inputs } of services) assert.equal(inputs["disableOnDestroy"], false);
    });

    it("makes Google's service agents before a key is granted to them", async () => {
        const recorded = await runSite(DEV);
        const identities = recorded.all("gcp:projects/serviceIdentity:ServiceIdentity");
        const grants = recorded.all("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
        const members = grants.map(({ inputs }) => inputs["member"]);
        for (const { outputs } of identities) assert.ok(members.includes(outputs["member"] ?? ""));
    });

    it("keeps its keys in the site's region, in a ring with a fresh name", async () => {
        const { inputs, outputs } = (await runSite(DEV)).one("gcp:kms/keyRing:KeyRing");
        assert.equal(inputs["location"], "europe-west3");
        assert.match(String(outputs["name"]), /^myapp-dev-gcp-[0-9a-f]{7}$/);
    });
});

describe("the limits of Google Cloud", () => {
    const accounts = [
        { account: "myapp-platform-dev", allowed: true },
        { account: "My-App", allowed: false },
        { account: "app1", allowed: false },
        { account: "myapp-", allowed: false },
        { account: "123456789012", allowed: false },
    ];
    for (const { account, allowed } of accounts) {
        it(`${allowed ? "accepts" : "rejects"} ${account} as a project id`, () => {
            assert.equal(GCP_LIMITS.account.pattern.test(account), allowed);
        });
    }

    const administrators = [
        { member: "group:platform-team@example.com", allowed: true },
        { member: "user:jane.doe@example.com", allowed: true },
        { member: "jane.doe@example.com", allowed: false },
        { member: "allUsers", allowed: false },
        { member: "domain:example.com", allowed: false },
    ];
    for (const { member, allowed } of administrators) {
        it(`${allowed ? "accepts" : "rejects"} ${member} as an administrator`, () => {
            assert.equal(GCP_LIMITS.administrator.pattern.test(member), allowed);
        });
    }
});
