import type { Cloud } from "../contracts/cloud.ts";
import { AwsCluster } from "./cluster.ts";
import { AwsDatabase } from "./database.ts";
import { AwsFoundation } from "./foundation.ts";
import { AwsNetwork } from "./network.ts";
import { AwsRegistry } from "./registry.ts";
import { AwsSecretStore } from "./secret-store.ts";

/** Amazon Web Services: VPC, EKS, RDS, ECR and Secrets Manager. */
export const aws = {
    name: "aws",
    Foundation: AwsFoundation,
    Network: AwsNetwork,
    Cluster: AwsCluster,
    SecretStore: AwsSecretStore,
    Database: AwsDatabase,
    Registry: AwsRegistry,
} satisfies Cloud<AwsFoundation, AwsNetwork, AwsCluster, AwsSecretStore>;
