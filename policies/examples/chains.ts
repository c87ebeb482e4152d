import { awsChainExamples } from "./chains/aws.ts";
import { azureChainExamples } from "./chains/azure.ts";
import { explicitProviderExamples } from "./chains/explicit-provider.ts";
import { googleChainExamples } from "./chains/google.ts";
import type { Example, StackExample } from "./example.ts";

export const chainsExamples: Record<string, readonly Example[]> = {
    ...explicitProviderExamples,
};

export const chainsStackExamples: Record<string, readonly StackExample[]> = {
    "xr-workload-identity-chain": [
        ...awsChainExamples,
        ...azureChainExamples,
        ...googleChainExamples,
    ],
};
