import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import type { NetworkArgs } from "../contracts/network.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { ServiceRole, serviceTrust } from "./iam.ts";
import { logDays } from "./logs.ts";

/** What is recorded, and where to. */
export interface FlowLogArgs extends Pick<NetworkArgs, "logRetention"> {
    readonly foundation: AwsFoundation;
    readonly vpcId: pulumi.Input<string>;
    readonly logKeyArn: pulumi.Input<string>;
}

/**
 * Records the network's accepted and rejected connections, by the minute, into an encrypted log group.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function recordFlows(name: string, args: FlowLogArgs, parent: pulumi.Resource): void {
    const { region, account } = args.foundation;
    const group = new LogGroup(
        `${name}-flow-logs`,
        {
            name: `/aws/vpc/${name}/flow-logs`,
            retentionInDays: logDays(args.logRetention),
            kmsKeyId: args.logKeyArn,
            tags: { Name: `${name}-flow-logs` },
        },
        { parent },
    );
    const role = new ServiceRole(
        `${name}-flow-logs`,
        {
            description: `Writes the flow logs of ${name}`,
            trust: serviceTrust("vpc-flow-logs.amazonaws.com", account),
            statements: mayWrite(group, region, account),
        },
        { parent },
    );
    new FlowLog(
        name,
        {
            vpcId: args.vpcId,
            trafficType: "ALL",
            maxAggregationInterval: 60,
            logDestinationType: "cloud-watch-logs",
            logDestination: group.arn,
            iamRoleArn: role.arn,
            tags: { Name: name },
        },
        { parent, dependsOn: role },
    );
}

/** Writing to one log group. Looking groups up cannot be limited to one: the action works on the account's list. */
function mayWrite(group: LogGroup, region: string, account: string): readonly Statement[] {
    return [
        {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${group.arn}:*`,
        },
        {
            Effect: "Allow",
            Action: "logs:DescribeLogGroups",
            Resource: `arn:aws:logs:${region}:${account}:log-group:*`,
        },
    ];
}
