import { crossStatefulProtected } from "../rules/protection.ts";
import type { Example, StackExample } from "./example.ts";

export const protectionExamples: Record<string, readonly Example[]> = {
    "xr-stateful-protected": [
        ...Object.keys(crossStatefulProtected.checks),
        "aws:s3/bucketV2:BucketV2",
    ].map((type): Example => ({
        type,
        good: { name: "data" },
        protect: true,
        breaks: [{ title: "it is not protected", protect: false, at: [""] }],
    })),
};

export const protectionStackExamples: Record<string, readonly StackExample[]> = {};
