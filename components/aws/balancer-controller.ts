import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAddon } from "../contracts/cluster.ts";
import type { GatewayKind } from "../contracts/edge.ts";
import { balancerStatements } from "./balancer-permissions.ts";
import type { AwsCluster } from "./cluster.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { AwsNetwork } from "./network.ts";
import { bindPods } from "./pod-identity.ts";

/** The service account that the chart makes, to which the role is bound. */
const PODS = { namespace: "kube-system", serviceAccount: "aws-load-balancer-controller" } as const;

/** Whose balancers the controller makes, and of what kind. */
export interface BalancerControllerArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly cluster: AwsCluster;
    readonly gateway: GatewayKind;
    /** True if AWS Shield Advanced protects its application load balancers. */
    readonly shield: boolean;
}

/**
 * The AWS Load Balancer Controller: it makes a network load balancer of a Service, and an application load balancer of a
 * Gateway, whose types have to stand before it starts.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 */
export function balancerController(
    name: string,
    args: BalancerControllerArgs,
    parent: pulumi.Resource,
): ClusterAddon {
    const { cluster, network, gateway } = args;
    const { place, resource } = cluster;
    const application = gateway === "cloud";
    const shield = application && args.shield;
    const { binding } = bindPods(
        `${name}-balancers`,
        {
            place,
            cluster: resource,
            pods: PODS,
            statements: balancerStatements(place, {
                application,
                shield,
                vpcId: network.networkId,
            }),
        },
        { parent },
    );
    return {
        chart: PODS.serviceAccount,
        namespace: PODS.namespace,
        values: {
            clusterName: place.name,
            // Pods cannot ask the instance's metadata (hop limit 1), so both are told.
            region: place.region,
            vpcId: network.networkId,
            fullnameOverride: PODS.serviceAccount,
            serviceAccount: { create: true, name: PODS.serviceAccount },
            defaultTags: { ...args.foundation.tags },
            ...features(application, shield),
            ...ROBUST,
        },
        dependsOn: [binding],
    };
}

/** What the controller looks after: Services that ask for it, Gateways if there are any, and no Ingresses. */
function features(application: boolean, shield: boolean) {
    return {
        enableServiceMutatorWebhook: false,
        createIngressClassResource: false,
        ingressClassConfig: { default: false },
        // The controller alone knows the ARN that a protection is of. Network balancers are protected by their addresses.
        enableShield: shield,
        enableWaf: false,
        // Without a firewall too: it takes off one that is switched off, which WAF does not let go of before.
        enableWafv2: application,
        controllerConfig: {
            featureGates: { ALBGatewayAPI: application, NLBGatewayAPI: false },
        },
    };
}

/** Two pods of which one leads, with the restricted Pod Security Standard in the chart's words. */
const ROBUST = {
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: "system-cluster-critical",
    // A new certificate of its webhooks would come with every change of a value.
    keepTLSSecret: true,
    resources: { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "200Mi" } },
    podSecurityContext: { fsGroup: 65_534, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
    },
} as const;
