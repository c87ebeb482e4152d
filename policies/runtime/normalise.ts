/** Kubernetes groups that moved; the API server serves the old name as the new one. */
const MOVED_GROUPS: Readonly<Record<string, string>> = { extensions: "apps" };

/** The package that `pulumi package add azure-native storage 2024-01-01` makes: azure-native_storage_v20240101. */
const AZURE_LOCAL = /^azure-native_\w+_v\d{8}[a-z0-9]*$/;

/** Types of azure-native that went by another module before version 3, and still does in programs of then. */
const AZURE_MOVED: Readonly<Record<string, string>> = {
    "azure-native:insights:DiagnosticSetting": "azure-native:monitor:DiagnosticSetting",
    "azure-native:documentdb:DatabaseAccount": "azure-native:cosmosdb:DatabaseAccount",
};

/**
 * Turns a resource's type token into the one that rules match on.
 *
 * One kind of resource goes by many tokens, and a rule that compares tokens for equality misses the others: azure-native
 * has a token, and even a package, per API version, the S3 types of old carry a V2 suffix, and Kubernetes has API versions and a Patch class
 * beside every kind.
 *
 * @example
 * normalise("azure-native:containerservice/v20250501:ManagedCluster"); // azure-native:containerservice:ManagedCluster
 * normalise("aws:s3/bucketV2:BucketV2"); // aws:s3/bucket:Bucket
 * normalise("kubernetes:apps/v1:DeploymentPatch"); // kubernetes:apps:Deployment
 */
export function normalise(token: string): string {
    let type = TYPES.get(token);
    if (type === undefined) {
        if (TYPES.size >= MOST_TYPES) TYPES.clear();
        TYPES.set(token, (type = normalised(token)));
    }
    return type;
}

/** The same few tokens come with all resources, and comparing the very same text is fast. */
const TYPES = new Map<string, string>();
const MOST_TYPES = 10_000;

function normalised(token: string): string {
    const [givenPackage, module, name, ...rest] = token.split(":");
    if (givenPackage === undefined || module === undefined || name === undefined) return token;
    if (rest.length > 0) return token;
    const pkg = givenPackage.replace(AZURE_LOCAL, "azure-native");
    switch (pkg) {
        case "azure-native":
            return azureToken(`${pkg}:${module.replace(/\/v\d{8}[a-z0-9]*$/, "")}:${name}`);
        case "aws":
            return module.startsWith("s3/")
                ? `${pkg}:${module.replace(/V2$/, "")}:${name.replace(/V2$/, "")}`
                : token;
        case "kubernetes":
            return kubernetesToken(module, name);
        default:
            return token;
    }
}

function azureToken(token: string): string {
    return AZURE_MOVED[token] ?? token;
}

function kubernetesToken(module: string, name: string): string {
    const group = module.replace(/\/v\d[a-z0-9]*$/, "");
    const kind = name.length > "Patch".length ? name.replace(/Patch$/, "") : name;
    return `kubernetes:${MOVED_GROUPS[group] ?? group}:${kind}`;
}
