import type { Example, StackExample } from "../example.ts";
import { kmsExamples } from "./kms.ts";

export const keyExamples: Record<string, readonly Example[]> = { ...kmsExamples };

export const keyStackExamples: Record<string, readonly StackExample[]> = {};
