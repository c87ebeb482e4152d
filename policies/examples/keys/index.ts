import type { Example, StackExample } from "../example.ts";
import { kmsExamples } from "./kms.ts";
import { lifeExamples } from "./life.ts";
import { storageExamples, storageStackExamples } from "./storage.ts";

export const keyExamples: Record<string, readonly Example[]> = {
    ...kmsExamples,
    ...lifeExamples,
    ...storageExamples,
};

export const keyStackExamples: Record<string, readonly StackExample[]> = {
    ...storageStackExamples,
};
