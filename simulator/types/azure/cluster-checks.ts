import { get } from "../../paths.ts";
import { UNKNOWN, type Draft, type Json, type Properties, type Refusal } from "../../table.ts";
import { between, holds, list, number, oneOf, overlap, refusal, text } from "./arm.ts";

/** Minor versions in standard support in November 2026. */
const VERSIONS = ["1.35", "1.36", "1.37"];

/** Families that AKS takes; not every size exists, but a typing error shows. */
const VM_SIZE = /^Standard_[BDEFLM]\d+[a-z]*(_v\d)?$/;

/** What AKS refuses of a cluster by its inputs alone. */
export function checkCluster(draft: Draft): Refusal[] {
    const { inputs } = draft;
    const pools = list(inputs, "agentPoolProfiles");
    const refusals = [
        ...checkVersion(inputs, "kubernetesVersion"),
        ...oneOf(inputs, "sku.tier", ["Free", "Standard", "Premium"]),
        ...pools.flatMap((pool, index) => checkPool(pool, `agentPoolProfiles[${index}].`)),
        ...checkNetwork(inputs),
        ...checkAccess(inputs),
    ];
    if (pools.length > 0 && !pools.some((pool) => text(pool, "mode") === "System")) {
        refusals.push(refusal("InvalidParameter", "Must define at least one system pool."));
    }
    if (text(inputs, "dnsPrefix").length > 54) {
        const message = "The dnsPrefix must contain between 1 and 54 characters.";
        refusals.push(refusal("InvalidDNSPrefix", message, "dnsPrefix"));
    }
    return refusals;
}

function checkVersion(inputs: Properties, path: string): Refusal[] {
    const version = text(inputs, path);
    const minor = version.split(".").slice(0, 2).join(".");
    if (version === "" || version === UNKNOWN || VERSIONS.includes(minor)) return [];
    const message =
        `Managed cluster is on version ${version} which is not supported in this region. Please use ` +
        `[az aks get-versions] command to get the supported version list in this region. ` +
        `For more information, please check https://aka.ms/supported-version-list`;
    return [refusal("K8sVersionNotSupported", message, path)];
}

function checkNetwork(inputs: Properties): Refusal[] {
    const pods = text(inputs, "networkProfile.podCidr");
    const services = text(inputs, "networkProfile.serviceCidr");
    const dns = text(inputs, "networkProfile.dnsServiceIP");
    const refusals: Refusal[] = [];
    if (overlap(pods, services)) {
        const message = `The pod CIDR ${pods} overlaps the service CIDR ${services}.`;
        refusals.push(refusal("InvalidParameter", message, "networkProfile.podCidr"));
    }
    if (dns !== "" && services !== "" && !holds(services, `${dns}/32`)) {
        const message = `The DNS service IP ${dns} is not within the service CIDR ${services}.`;
        refusals.push(refusal("InvalidParameter", message, "networkProfile.dnsServiceIP"));
    }
    const cilium = text(inputs, "networkProfile.networkDataplane") === "cilium";
    const policy = text(inputs, "networkProfile.networkPolicy");
    if (cilium && policy !== "cilium") {
        const message = "Cilium dataplane requires network policy cilium.";
        refusals.push(
            refusal("NetworkPolicyNotSupported", message, "networkProfile.networkPolicy"),
        );
    }
    return refusals;
}

function checkAccess(inputs: Properties): Refusal[] {
    const closed = get(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
    const ranges = list(inputs, "apiServerAccessProfile.authorizedIPRanges");
    const entra = get(inputs, "aadProfile.managed") === true;
    const refusals: Refusal[] = [];
    if (closed && ranges.length > 0) {
        const message = "Authorized IP ranges cannot be set on a private cluster.";
        refusals.push(refusal("InvalidParameter", message, "apiServerAccessProfile"));
    }
    if (get(inputs, "disableLocalAccounts") === true && !entra) {
        const message = "Disabling local accounts is only allowed with managed Microsoft Entra ID.";
        refusals.push(refusal("BadRequest", message, "disableLocalAccounts"));
    }
    const workload = get(inputs, "securityProfile.workloadIdentity.enabled") === true;
    if (workload && get(inputs, "oidcIssuerProfile.enabled") !== true) {
        const message = "Workload identity requires the OIDC issuer to be enabled.";
        refusals.push(refusal("InvalidParameter", message, "securityProfile.workloadIdentity"));
    }
    return refusals;
}

/** What AKS refuses of a pool by its inputs alone. */
export function checkPool(pool: Json, prefix: string): Refusal[] {
    const refusals = oneOf({ pool }, "pool.mode", ["System", "User"]);
    const size = text(pool, "vmSize");
    if (size !== UNKNOWN && size !== "" && !VM_SIZE.test(size)) {
        const message = `The VM size of ${size} is not allowed in your subscription in this location.`;
        refusals.push(refusal("SkuNotAvailable", message, `${prefix}vmSize`));
    }
    if (text(pool, "scaleSetPriority") === "Spot") refusals.push(...checkSpot(pool, prefix));
    const [min, max] = [number(pool, "minCount"), number(pool, "maxCount")];
    const least = text(pool, "mode") === "System" ? 1 : 0;
    refusals.push(...between({ pool }, "pool.minCount", least, 1000));
    refusals.push(...between({ pool }, "pool.osDiskSizeGB", 30, 2048));
    if (min !== undefined && max !== undefined && (max < 1 || min > max)) {
        const message = `minCount ${min} and maxCount ${max} are no range.`;
        refusals.push(refusal("InvalidParameter", message, `${prefix}maxCount`));
    }
    return refusals;
}

function checkSpot(pool: Json, prefix: string): Refusal[] {
    if (text(pool, "mode") === "System") {
        const message = "System node pools cannot be spot node pools.";
        return [refusal("InvalidParameter", message, `${prefix}scaleSetPriority`)];
    }
    if (!/^Standard_B/.test(text(pool, "vmSize"))) return [];
    const message = "Azure Spot is not supported for this VM size. Please select another VM size.";
    return [refusal("BadRequest", message, `${prefix}vmSize`)];
}

/** Only for a new pool: later the count is the autoscaler's, and follows the limits by itself. */
export function checkCount(pool: Json, prefix: string): Refusal[] {
    const count = number(pool, "count");
    const [min, max] = [number(pool, "minCount"), number(pool, "maxCount")];
    if (count === undefined || min === undefined || max === undefined) return [];
    if (min <= count && count <= max) return [];
    const message = `The count ${count} is not between minCount ${min} and maxCount ${max}.`;
    return [refusal("InvalidParameter", message, `${prefix}count`)];
}
