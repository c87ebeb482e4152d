import type { Value } from "../../runtime/reader.ts";
import { and, isOneOf, type Truth } from "../../runtime/truth.ts";

export const ECR = "aws:ecr/repository:Repository";
/** What ECR makes the repositories from that it creates by itself. */
export const ECR_TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
export const ACR = "azure-native:containerregistry:Registry";
export const ARTIFACT_REGISTRY = "gcp:artifactregistry/repository:Repository";

/** Whether a repository of Artifact Registry holds images. */
export function holdsImages(inputs: Value): Truth {
    return isOneOf(inputs.get("format"), ["docker"], false);
}

/** Whether people push to it, so that it is neither a cache of another nor a view of several. */
export function holdsOwnImages(inputs: Value): Truth {
    return and(
        holdsImages(inputs),
        isOneOf(inputs.get("mode"), ["standard_repository", "mode_unspecified"], true),
    );
}
