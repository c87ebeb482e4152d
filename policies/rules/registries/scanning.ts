import { matches } from "../../runtime/glob.ts";
import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { on, type Check, type Fix, type Rule, type StackVerdict } from "../rule.ts";
import { ACR, ARTIFACT_REGISTRY, ECR, holdsImages } from "./types.ts";

const ECR_SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
const DEFENDER = "azure-native:security:Pricing";
const GOOGLE_API = "gcp:projects/service:Service";

/** A filter of ECR without a wildcard is for every name that contains it. */
function isFor(filter: Value, name: Value): Truth {
    return holds(
        filter,
        filter.text(),
        (pattern) =>
            /^\*+$/.test(pattern) ||
            holds(
                name,
                name.text(),
                (text) => matches(text, pattern.includes("*") ? pattern : `*${pattern}*`),
                { unknown: name.path },
            ),
        false,
    );
}

/** Whether the registry's own settings have the images of a repository scanned. */
function isScannedByRegistry(configs: readonly StackResource[], name: Value): Truth {
    return or(
        ...configs.map(({ given }) =>
            some(given.get("rules"), (rule) =>
                and(
                    isOneOf(rule.get("scanFrequency"), ["scan_on_push", "continuous_scan"], false),
                    some(rule.get("repositoryFilters"), (one) => isFor(one.get("filter"), name)),
                ),
            ),
        ),
    );
}

function ecrRepositories(stack: Stack): readonly StackVerdict[] {
    const configs = stack.all(ECR_SCANNING);
    return stack.all(ECR).flatMap((repository) => {
        const own = repository.given.at("imageScanningConfiguration.scanOnPush");
        const scanned = or(
            isOn(own, false),
            isScannedByRegistry(configs, repository.given.get("name")),
        );
        return on(repository, failIf(not(scanned), own, "images are not scanned when pushed"));
    });
}

/** Defender is bought for a whole subscription, mostly elsewhere: only a plan in this stack says that it is off. */
function isOffInAzure(stack: Stack): Truth {
    const plans = stack.all(DEFENDER).map(({ given }) => ({
        isForImages: isOneOf(given.get("pricingName"), ["containers", "containerregistry"], false),
        isPaid: isOneOf(given.get("pricingTier"), ["standard"], false),
    }));
    const paid = or(...plans.map(({ isForImages, isPaid }) => and(isForImages, isPaid)));
    const free = or(...plans.map(({ isForImages, isPaid }) => and(isForImages, not(isPaid))));
    return paid === false && free === false ? { unknown: "" } : and(free, not(paid));
}

function azureRegistries(stack: Stack): readonly StackVerdict[] {
    const message = "the subscription's plan of Defender for containers is off";
    const off = isOffInAzure(stack);
    return stack.all(ACR).flatMap((registry) => on(registry, failIf(off, registry.given, message)));
}

/** A repository scans if its project does, which the stack tells where it enables the API. */
function googleRepositories(stack: Stack): readonly StackVerdict[] {
    const enabled = or(
        ...stack
            .all(GOOGLE_API)
            .map(({ given }) =>
                isOneOf(given.get("service"), ["containerscanning.googleapis.com"], false),
            ),
    );
    if (enabled === true) return [];
    return stack.all(ARTIFACT_REGISTRY).flatMap((repository) => {
        const config = repository.given.at("vulnerabilityScanningConfig.enablementConfig");
        const inherits = and(
            holdsImages(repository.given),
            not(isOneOf(config, ["disabled"], false)),
        );
        return on(repository, inherits === false ? [] : [{ state: "unknown", path: config.path }]);
    });
}

const googleScanning: Check = ({ inputs }) => {
    const config = inputs.at("vulnerabilityScanningConfig.enablementConfig");
    return failIf(
        and(holdsImages(inputs), isOneOf(config, ["disabled"], false)),
        config,
        "images are not scanned",
    );
};

const scan: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOneOf(inputs.at("vulnerabilityScanningConfig.enablementConfig"), ["disabled"], false) ===
        true
            ? [{ path: "vulnerabilityScanningConfig.enablementConfig", value: "INHERITED" }]
            : [],
};

/** Known flaws in an image are found when it arrives. */
export const registryScanOnPush: Rule = {
    id: "registry-scan-on-push",
    title: "Images are scanned for known vulnerabilities.",
    why: "An image brings a whole system along, whose known flaws are in every attacker's tools; unscanned, they are known to everybody but you.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["11.3.1"],
        "SOC 2": ["CC3.1"],
        "CIS EKS": ["5.1.1"],
        "CIS AKS": ["5.1.1"],
        "CIS GKE": ["5.1.1"],
    },
    remediation: {
        aws:
            "Set imageScanningConfiguration.scanOnPush to true, or add a " +
            "RegistryScanningConfiguration with a rule for the repository.",
        "azure-native": "Set the Containers plan of Defender to Standard.",
        gcp:
            "Leave vulnerabilityScanningConfig at INHERITED and enable " +
            "containerscanning.googleapis.com.",
    },
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
    checks: { [ARTIFACT_REGISTRY]: googleScanning },
    stack: {
        judges: [ECR, ACR, ARTIFACT_REGISTRY],
        reads: [ECR_SCANNING, DEFENDER, GOOGLE_API],
        check: (stack) => [
            ...ecrRepositories(stack),
            ...azureRegistries(stack),
            ...googleRepositories(stack),
        ],
    },
    fixes: { [ARTIFACT_REGISTRY]: scan },
    note:
        "The rule says unknown of Azure and Google Cloud where the stack does not hold the subscription's plan or the " +
        "project's API, which are often set up elsewhere.",
};
