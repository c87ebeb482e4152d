import type { Value } from "../../../runtime/reader.ts";
import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { CLUSTERS } from "../../places.ts";

export const ISSUER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** Which cluster of EKS an issuer of tokens belongs to. */
export class Issuers {
    readonly stack: Stack;
    readonly #byUrl = new Map<string, StackResource>();

    constructor(stack: Stack) {
        this.stack = stack;
        for (const cluster of stack.all(CLUSTERS.eks)) {
            const url = urlOf(cluster.inputs.get("identities"));
            if (url !== undefined) this.#byUrl.set(url, cluster);
        }
    }

    /** The clusters of the issuers that a role's trust refers to, whatever it says about them. */
    referredBy(role: StackResource): readonly StackResource[] {
        return this.stack
            .targets(role, "assumeRolePolicy")
            .filter(({ type }) => type === ISSUER)
            .flatMap((issuer) => this.clustersOf(issuer));
    }

    /** The cluster whose tokens IAM takes by this provider. */
    clustersOf(issuer: StackResource): readonly StackResource[] {
        const referred = this.stack
            .targets(issuer, "url")
            .filter(({ type }) => type === CLUSTERS.eks);
        if (referred.length > 0) return referred;
        const url = issuer.given.get("url").text();
        return url.state === "known" ? this.#at(url.value) : [];
    }

    /** The cluster whose provider an ARN names, by the provider in the stack or by the issuer's own address. */
    byArn(arn: string): readonly StackResource[] {
        const providers = this.stack.named(ISSUER, "arn", arn);
        if (providers.length > 0) return providers.flatMap((one) => this.clustersOf(one));
        const [, address] = arn.split(":oidc-provider/");
        return address === undefined ? [] : this.#at(`https://${address}`);
    }

    #at(url: string): readonly StackResource[] {
        const cluster = this.#byUrl.get(url);
        return cluster === undefined ? [] : [cluster];
    }
}

function urlOf(identities: Value): string | undefined {
    const oidcs = first(identities)?.get("oidcs");
    const url = oidcs === undefined ? undefined : first(oidcs)?.get("issuer").text();
    return url?.state === "known" ? url.value : undefined;
}

function first(list: Value): Value | undefined {
    const elements = list.list();
    return elements.state === "known" ? elements.value[0] : undefined;
}
