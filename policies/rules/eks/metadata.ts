import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOneOf,
    not,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { LAUNCH_TEMPLATE, NODE_GROUP } from "./types.ts";

const AUTOSCALING_GROUP = "aws:autoscaling/group:Group";

/** By this tag the nodes of a self-managed group find their cluster. */
const CLUSTER_TAG = /^kubernetes\.io\/cluster\//;

function isOfCluster(group: StackResource): Truth {
    return some(group.given.get("tags"), (tag) => {
        const key = tag.get("key");
        return holds(key, key.text(), (text) => CLUSTER_TAG.test(text), false);
    });
}

/** Where a mixed group names its template. */
const MIXED = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification";

/** The paths at which a template's id and its name may stand, by the input that they are in. */
const NAMED: Readonly<Record<string, Readonly<Record<"id" | "name", string>>>> = {
    launchTemplate: { id: "launchTemplate.id", name: "launchTemplate.name" },
    mixedInstancesPolicy: { id: `${MIXED}.launchTemplateId`, name: `${MIXED}.launchTemplateName` },
};

/** The launch templates of the stack that an input names, by reference or in writing. */
function templatesOf(stack: Stack, group: StackResource, input: string): readonly StackResource[] {
    const written = Object.entries(NAMED[input] ?? {}).flatMap(([name, path]) => {
        const text = group.given.at(path).text();
        return text.state === "known" ? stack.named(LAUNCH_TEMPLATE, name, text.value) : [];
    });
    const referred = stack.targets(group, input).filter(({ type }) => type === LAUNCH_TEMPLATE);
    return [...referred, ...written];
}

/** IMDSv2 is asked for by `httpTokens`; who may ask is limited by how far the answer travels. */
function metadataVerdicts(options: Value): readonly Verdict[] {
    const answers = not(isOneOf(options.get("httpEndpoint"), ["disabled"], false));
    const tokens = options.get("httpTokens");
    const hops = options.get("httpPutResponseHopLimit");
    const anonymous = not(isOneOf(tokens, ["required"], false));
    // Without a limit the image decides: 2 where it is made for IMDSv2, as EKS's are, else 1.
    const far = holds(hops, hops.number(), (limit) => limit > 1, { unknown: hops.path });
    return [
        ...failIf(and(answers, anonymous), tokens, "gives away the node's role without a token"),
        ...failIf(and(answers, far), hops, "lets pods reach the node's role"),
    ];
}

function nodeMetadata(stack: Stack): readonly StackVerdict[] {
    const templates = new Set<StackResource>();
    const untold: StackVerdict[] = [];
    for (const group of stack.all(NODE_GROUP)) {
        const found = templatesOf(stack, group, "launchTemplate");
        for (const template of found) templates.add(template);
        const { path } = group.given.get("launchTemplate");
        if (found.length === 0) untold.push(...on(group, [{ state: "unknown", path }]));
    }
    for (const group of stack.all(AUTOSCALING_GROUP)) {
        if (isOfCluster(group) !== true) continue;
        for (const input of Object.keys(NAMED)) {
            for (const template of templatesOf(stack, group, input)) templates.add(template);
        }
    }
    const judged = [...templates].flatMap((template) =>
        on(template, metadataVerdicts(template.given.get("metadataOptions"))),
    );
    return [...judged, ...untold];
}

/** Pods cannot get at the role of the node that they run on. */
export const eksNodeImdsv2Hop1: Rule = {
    id: "aws-eks-node-imdsv2-hop1",
    title: "Pods on EKS nodes cannot ask the metadata service for the node's role.",
    why:
        "A pod that reaches the metadata service is given the node's role: every image of the account, every network " +
        "interface, and whatever else the nodes may do.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: {},
    analogies: { "PCI DSS": ["2.2"], "SOC 2": ["CC6.1"] },
    remediation:
        'Set metadataOptions.httpTokens to "required" and metadataOptions.httpPutResponseHopLimit to 1 in the launch ' +
        "template, and give pods roles of their own by Pod Identity. The node group rolls its nodes.",
    see: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    checks: {},
    stack: {
        judges: [LAUNCH_TEMPLATE, NODE_GROUP],
        reads: [AUTOSCALING_GROUP],
        check: nodeMetadata,
    },
    note:
        "Judges the launch templates of node groups, and of autoscaling groups that are tagged as a cluster's, but not " +
        "those of other machines. What EKS puts into its own template, where a node group has none, is not told.",
};
