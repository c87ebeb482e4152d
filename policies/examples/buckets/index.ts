import type { Example, StackExample } from "../example.ts";
import { publicExamples, publicStackExamples } from "./public.ts";

export const bucketExamples: Record<string, readonly Example[]> = { ...publicExamples };

export const bucketStackExamples: Record<string, readonly StackExample[]> = {
    ...publicStackExamples,
};
