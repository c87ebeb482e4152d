import { get } from "../paths.ts";
import { UNKNOWN, type InvokeRule, type Properties, type Provider, type Scope } from "../table.ts";
import { backup } from "./aws/backup.ts";
import { edge } from "./aws/edge.ts";
import { efs } from "./aws/efs.ts";
import { eks } from "./aws/eks.ts";
import { recommendedVersion } from "./aws/eks-addons.ts";
import { elasticache } from "./aws/elasticache.ts";
import { basics } from "./aws/iam.ts";
import { network } from "./aws/network.ts";
import { rds } from "./aws/rds.ts";
import { route53 } from "./aws/route53.ts";
import { routing } from "./aws/routing.ts";
import { s3 } from "./aws/s3.ts";
import { machines } from "./aws/security-groups.ts";
import { shield } from "./aws/shield.ts";
import { stores } from "./aws/stores.ts";

/** Used where the configuration allows any account. */
const ANY_ACCOUNT = "123456789012";

/** The provider's configuration holds lists as JSON text. */
function scope(config: Properties): Scope {
    const allowed = config["allowedAccountIds"];
    const ids: unknown =
        typeof allowed === "string" && allowed !== UNKNOWN ? JSON.parse(allowed) : allowed;
    const first: unknown = Array.isArray(ids) ? ids[0] : undefined;
    const region = config["region"];
    return {
        account: typeof first === "string" ? first : ANY_ACCOUNT,
        region: typeof region === "string" && region !== UNKNOWN ? region : "",
    };
}

/** The identity that the simulated cloud takes the caller for: a session of a role that runs deployments. */
const DEPLOYER = { path: "/platform/", role: "deployer", session: "pulumi" };

const getCallerIdentity: InvokeRule = (_args, { account }) => ({
    accountId: account,
    arn: `arn:aws:sts::${account}:assumed-role/${DEPLOYER.role}/${DEPLOYER.session}`,
    id: account,
    userId: `AROAEXAMPLEDEPLOYER00:${DEPLOYER.session}`,
});

/** The role behind a session. Its ARN has a path that the session's does not tell. */
const getSessionContext: InvokeRule = (args) => {
    const arn = String(args["arn"]);
    const [, account, name, sessionName] =
        /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
    if (account === undefined || name === undefined) {
        return { arn, id: arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
    }
    return {
        arn,
        id: arn,
        issuerArn: `arn:aws:iam::${account}:role${DEPLOYER.path}${name}`,
        issuerId: "AROAEXAMPLEDEPLOYER00",
        issuerName: name,
        sessionName: sessionName ?? "",
    };
};

/** Three zones everywhere, and in us-east-1 the one that EKS does not take. */
const getAvailabilityZones: InvokeRule = (args, { region }) => {
    const short = region.replace(/^(..)-(.).*-(\d)$/, "$1$2$3");
    const letters = region === "us-east-1" ? ["a", "b", "c", "d", "e", "f"] : ["a", "b", "c"];
    const excluded = get(args, "excludeZoneIds");
    // In this account zone b is the old one.
    const numbers = region === "us-east-1" ? [1, 3, 2, 4, 5, 6] : [1, 2, 3];
    const zones = letters
        .map((letter, index) => ({
            name: `${region}${letter}`,
            id: `${short}-az${numbers[index]}`,
        }))
        .filter(({ id }) => !Array.isArray(excluded) || !excluded.includes(id));
    return {
        ...args,
        groupNames: [`${region}-zg-1`],
        id: region,
        names: zones.map(({ name }) => name),
        region,
        zoneIds: zones.map(({ id }) => id),
    };
};

/** Amazon Web Services. */
export const aws: Provider = {
    name: "aws",
    scope,
    moves: (olds, news) => {
        const [from, to] = [scope(olds), scope(news)];
        return to.region !== "" && (from.region !== to.region || from.account !== to.account);
    },
    checkConfig: (config) => {
        const region = config["region"];
        if (typeof region !== "string" || region === UNKNOWN) return [];
        if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return [];
        return [{ property: "region", reason: `Invalid AWS Region: ${region}` }];
    },
    types: {
        ...network,
        ...routing,
        ...machines,
        ...basics,
        ...eks,
        ...rds,
        ...elasticache,
        ...efs,
        ...backup,
        ...route53,
        ...edge,
        ...shield,
        ...s3,
        ...stores,
    },
    invokes: {
        "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
        "aws:iam/getSessionContext:getSessionContext": getSessionContext,
        "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
        "aws:eks/getAddonVersion:getAddonVersion": (args) => recommendedVersion(args),
    },
};
