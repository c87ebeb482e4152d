import type { Rule } from "../rule.ts";
import { acrNoAdminUser, acrNoPublicNetwork, registryNotPublic } from "./access.ts";
import { registryImmutableTags, registryOwnKey } from "./images.ts";
import { registryLifecycle } from "./lifecycle.ts";
import { registryPullOnly } from "./pull-only.ts";
import { registryScanOnPush } from "./scanning.ts";

/** Who gets at images, what they hold, and how long they stay. */
export const registryRules: readonly Rule[] = [
    registryNotPublic,
    acrNoAdminUser,
    acrNoPublicNetwork,
    registryImmutableTags,
    registryScanOnPush,
    registryOwnKey,
    registryPullOnly,
    registryLifecycle,
];
