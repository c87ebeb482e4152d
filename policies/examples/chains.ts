import { azureChainExamples } from "./chains/azure.ts";
import { explicitProviderExamples } from "./chains/explicit-provider.ts";
import { googleChainExamples } from "./chains/google.ts";
import { irsaExamples } from "./chains/irsa.ts";
import { podIdentityExamples } from "./chains/pod-identity.ts";
import type { Example, StackExample } from "./example.ts";

export const chainsExamples: Record<string, readonly Example[]> = {
    ...explicitProviderExamples,
};

export const chainsStackExamples: Record<string, readonly StackExample[]> = {
    "xr-workload-identity-chain": [
        ...podIdentityExamples,
        ...irsaExamples,
        ...azureChainExamples,
        ...googleChainExamples,
    ],
};
