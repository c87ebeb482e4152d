import type { Example, StackExample } from "./example.ts";
import { residencyExamples } from "./governance/residency.ts";
import { tagExamples, tagStackExamples } from "./governance/tags.ts";

export const governanceExamples: Record<string, readonly Example[]> = {
    ...tagExamples,
    ...residencyExamples,
};

export const governanceStackExamples: Record<string, readonly StackExample[]> = {
    ...tagStackExamples,
};
