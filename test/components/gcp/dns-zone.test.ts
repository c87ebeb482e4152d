import assert from "node:assert/strict";
import { GcpDnsZone } from "../../../components/gcp/dns-zone.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const ROLE = "gcp:projects/iAMCustomRole:IAMCustomRole";
const GRANT = "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember";

function zone(deletionProtection = false) {
    return ({ name, foundation, opts }: Parts) =>
        new GcpDnsZone(
            `${name}-zone`,
            { domain: "gcp.example.com", deletionProtection, foundation },
            opts,
        );
}

/** Lets external-dns change records. */
function grant(made: GcpDnsZone, { cluster }: Parts) {
    const account = { namespace: "external-dns", serviceAccount: "external-dns" };
    const identity = cluster.identity("external-dns", account);
    return made.grant("myapp-dev-gcp-external-dns", { cluster, identity });
}

describe("GcpDnsZone", () => {
    it("is public, signed, and logs its queries", async () => {
        const { inputs } = (await onSite(zone())).one(ZONE);
        assert.equal(inputs["dnsName"], "gcp.example.com.");
        assert.equal(inputs["visibility"], "public");
        assert.deepEqual(inputs["dnssecConfig"], { state: "on" });
        assert.deepEqual(inputs["cloudLoggingConfig"], { enableLogging: true });
    });

    it("says what the parent domain has to name", async () => {
        const { result } = await onSite(zone());
        const { value } = await inspect(result.nameServers);
        assert.equal(value.length, 4);
        for (const server of value) {
            assert.match(server, /^ns-cloud-[a-e]\d\.googledomains\.com\.$/);
        }
        assert.equal(result.domain, "gcp.example.com");
    });

    it("points external-dns at this zone and no other", async () => {
        const recorded = await onSite(zone());
        const values = (await inspect(recorded.result.externalDns)).value;
        assert.deepEqual(values, {
            provider: { name: "google" },
            domainFilters: ["gcp.example.com"],
            extraArgs: [
                "--google-project=myapp-platform-dev",
                "--google-zone-visibility=public",
                `--zone-id-filter=${String(recorded.one(ZONE).outputs["name"])}`,
            ],
        });
    });

    it("names the zone to cert-manager, which then looks for no other", async () => {
        const recorded = await onSite(zone());
        const { value } = await inspect(recorded.result.solver());
        assert.deepEqual(value, {
            cloudDNS: {
                project: "myapp-platform-dev",
                hostedZoneName: recorded.one(ZONE).outputs["name"],
            },
        });
    });

    it("lets a workload change records of this zone, and neither the zone nor its rights", async () => {
        const recorded = await onSite((parts) => grant(zone()(parts), parts));
        const role = recorded.one(ROLE);
        const permissions = role.inputs["permissions"] as string[];
        assert.deepEqual(
            permissions.filter((one) => one.startsWith("dns.managedZones.")),
            ["dns.managedZones.get"],
        );
        const { inputs } = recorded.one(GRANT);
        assert.equal(inputs["managedZone"], recorded.one(ZONE).outputs["name"]);
        assert.equal(inputs["role"], role.outputs["name"]);
        assert.match(
            String(inputs["member"]),
            /^principal:\/\/.*\/subject\/ns\/external-dns\/sa\/external-dns$/,
        );
        const zones = recorded.one(
            "gcp:projects/iAMMember:IAMMember",
            "myapp-dev-gcp-external-dns-zones",
        );
        assert.equal(zones.inputs["role"], "roles/dns.reader");
        assert.equal(zones.inputs["member"], inputs["member"]);
        assert.equal(recorded.result.length, 2);
    });

    it("names its role so that a new stack can have it again", async () => {
        const { inputs } = (await onSite(zone())).one(ROLE);
        assert.match(String(inputs["roleId"]), /^myapp_dev_gcp_zone_[0-9a-f]{6}$/);
    });

    it("is deleted with what workloads wrote, unless it is protected", async () => {
        const open = (await onSite(zone())).one(ZONE);
        assert.equal(open.inputs["forceDestroy"], true);
        assert.equal(open.inputs["deletionPolicy"], "DELETE");
        assert.equal(open.options.protect, false);
        const closed = (await onSite(zone(true))).one(ZONE);
        assert.equal(closed.inputs["forceDestroy"], false);
        assert.equal(closed.inputs["deletionPolicy"], "PREVENT");
        assert.equal(closed.options.protect, true);
    });

    it("has the same URNs whether outputs are known or not", async () => {
        const { known, unknown } = await urnsBothWays((parts) => grant(zone()(parts), parts));
        assert.deepEqual(unknown, known);
    });
});
