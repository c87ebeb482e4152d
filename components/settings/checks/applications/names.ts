import { isReservedNamespace } from "../../../lib/reserved.ts";
import type { ApplicationCheck } from "./index.ts";

/** Names that a namespace can have. */
export const checkNames: ApplicationCheck = ({ add }, key) => {
    if (!isReservedNamespace(key)) return;
    const message = "is a namespace that Kubernetes or the platform uses itself";
    add({ at: `applications.${key}`, message, fix: "Give the application another name" });
};
