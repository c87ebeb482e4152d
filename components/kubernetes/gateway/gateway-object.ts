import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { CustomResourceArgs } from "@pulumi/kubernetes/apiextensions/customResource.js";

/** What a gateway's controller says about a Gateway. */
interface GatewayStatus {
    readonly addresses?: readonly { readonly value: string }[];
}

/** A Gateway whose status the program reads. */
export class GatewayObject extends CustomResource {
    declare readonly status: pulumi.Output<GatewayStatus | undefined>;

    constructor(name: string, args: CustomResourceArgs, opts: pulumi.CustomResourceOptions) {
        // A property that is named without a value is one that the provider fills in.
        super(name, { ...args, status: undefined }, opts);
    }

    /** The balancer's name or number. Unknown until the Gateway stands. */
    get address(): pulumi.Output<string> {
        return this.status.apply((status) => status?.addresses?.[0]?.value ?? "");
    }
}
