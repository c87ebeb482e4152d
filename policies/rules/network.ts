import { flowLogs } from "./network/flow-logs.ts";
import { noDefaultNetwork, subnetPrivateGoogleAccess } from "./network/google.ts";
import { defaultGroupClosed, noRuleMixing, ruleDescription } from "./network/groups.ts";
import { egressRestricted, noPlainHttpIngress } from "./network/openings.ts";
import { subnetHasNsg, subnetNoAutoPublicIp } from "./network/subnets.ts";
import {
    noWorldIngressAdminPorts,
    noWorldIngressAny,
    noWorldIngressDatabasePorts,
} from "./network/world.ts";
import type { Rule } from "./rule.ts";

/** What reaches what, and what is written down about it. */
export const networkRules: readonly Rule[] = [
    noWorldIngressAdminPorts,
    noWorldIngressDatabasePorts,
    noWorldIngressAny,
    noPlainHttpIngress,
    egressRestricted,
    ruleDescription,
    defaultGroupClosed,
    flowLogs,
    subnetNoAutoPublicIp,
    subnetHasNsg,
    subnetPrivateGoogleAccess,
    noDefaultNetwork,
    noRuleMixing,
];
