import { AwsDnsZone } from "../../../components/aws/dns-zone.ts";
import { AwsEdge } from "../../../components/aws/edge.ts";
import type { Reach } from "../../../components/contracts/edge.ts";
import { inspect, type RunOptions } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { DEV, type SiteArgs } from "./fixtures.ts";
import { EDGE, within, type EdgeFixture } from "./services.ts";

export const NAME = `${DEV.name}-edge`;

/** The way in with Envoy, which has no firewall. */
export const ENVOY: Partial<EdgeFixture> = { gateway: "envoy", firewall: false };

/** Makes the way into a site that has a zone. */
export const edge = once(
    (change: Partial<EdgeFixture> = {}, site: SiteArgs = DEV, options: RunOptions = {}) =>
        within(
            site,
            ({ foundation, network, cluster, opts }) => {
                const zoned = { domain: "aws.example.com", deletionProtection: false, foundation };
                const zone = new AwsDnsZone(`${site.name}-dns`, zoned, opts);
                const args = { ...EDGE, ...change, foundation, network, cluster, zone };
                return new AwsEdge(`${site.name}-edge`, args, opts);
            },
            options,
        ),
);

/** What a test reads of the object that says how a balancer is made. */
interface Spec {
    readonly scheme: string;
    readonly loadBalancerAttributes: readonly Attribute[];
    readonly listenerConfigurations: readonly {
        protocolPort: string;
        defaultCertificate: string;
        sslPolicy: string;
        listenerAttributes: readonly Attribute[];
    }[];
    readonly wafV2?: { webACL: string };
    readonly shieldConfiguration?: { enabled: boolean };
}

interface Attribute {
    readonly key: string;
    readonly value: string;
}

/** The cloud's own gateway of a reach, with its one object and everything that was made for it. */
export async function gateway(reach: Reach, change: Partial<EdgeFixture> = {}, site = DEV) {
    const made = await edge(change, site);
    const { objects, ...rest } = made.result.cloudGateway(reach, { name: reach, namespace: "g" });
    const object = objects[0]!;
    const { value } = await inspect(object.spec);
    return { made, rest, spec: JSON.parse(JSON.stringify(value)) as Spec, object };
}

export function valuesOf(list: readonly Attribute[]): Record<string, string> {
    return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}
