import type { Stack } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import { and, failIf, failIfOn, isOn, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { LOCK_READS, lockedBy } from "./locks.ts";
import { isAzureReplica, isCloudSqlReplica, isRdsReplica } from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    AWS_CLUSTERS,
    AZURE_SQL,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    FLEXIBLE_SERVERS,
    RDS_INSTANCE,
    REDSHIFT_CLUSTER,
} from "./types.ts";

const UNPROTECTED = "can be deleted by one mistake";

function deletionProtection(isCopy: (inputs: Value) => Truth): Check {
    return ({ inputs }) => {
        const protection = inputs.get("deletionProtection");
        return failIf(
            and(not(isCopy(inputs)), not(isOn(protection, false))),
            protection,
            UNPROTECTED,
        );
    };
}

const rdsInstance = deletionProtection(isRdsReplica);
const awsCluster = deletionProtection(() => false);

const cloudSql: Check = ({ inputs }) => {
    const provider = inputs.get("deletionProtection");
    const kept = or(
        isOn(provider, true),
        isOn(inputs.at("settings.deletionProtectionEnabled"), false),
    );
    return failIf(and(not(isCloudSqlReplica(inputs)), not(kept)), provider, UNPROTECTED);
};

const alloyDb: Check = ({ inputs }) => {
    const protection = inputs.get("deletionProtection");
    return failIf(not(isOn(protection, true)), protection, UNPROTECTED);
};

/** Redshift has no protection of its own. */
const redshift: Check = ({ inputs, protect }) => failIf(!protect, inputs, "is not protected");

/** What keeps data on Azure, which has no input against deletion. */
const AZURE_DATABASES = [...FLEXIBLE_SERVERS, AZURE_SQL, AZURE_SQL_DATABASE, AZURE_SQL_MANAGED];

/** Databases on Azure that neither a lock nor Pulumi keeps from deletion. */
function azureWithoutLock(stack: Stack): readonly StackVerdict[] {
    const isLocked = lockedBy(stack);
    return stack.all(...AZURE_DATABASES).flatMap((database) => {
        const kept = or(database.protect, isLocked(database));
        return on(
            database,
            failIf(
                and(not(isAzureReplica(database.given)), not(kept)),
                database.given,
                "has neither a management lock nor Pulumi's protect",
            ),
        );
    });
}

const protects = (check: Check) => setWhereFound(check, { deletionProtection: true });

/** Databases survive mistakes. */
export const databaseDeletionProtection: Rule = {
    id: "db-deletion-protection",
    title: "A database of production is protected from deletion.",
    why: "A renamed resource or a wrong stack is enough to delete a database, and with it often its backups.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "high",
    production: true,
    requirements: { "SOC 2": ["C1.1"] },
    analogies: { HIPAA: ["164.308(a)(7)(i)"] },
    remediation: {
        aws: "Set deletionProtection to true.",
        "aws:redshift": "Set the resource option protect; Redshift has no protection of its own.",
        "azure-native":
            "Set the resource option protect, or add a ManagementLockByScope with level CanNotDelete.",
        gcp: "Set deletionProtection to true.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    note:
        "It holds for production, because stacks of other environments are made to be taken down. Read replicas hold no data " +
        "of their own and are left out.",
    checks: {
        [RDS_INSTANCE]: rdsInstance,
        ...forTypes(AWS_CLUSTERS, awsCluster),
        [REDSHIFT_CLUSTER]: redshift,
        [CLOUD_SQL]: cloudSql,
        [ALLOYDB_CLUSTER]: alloyDb,
    },
    stack: {
        judges: AZURE_DATABASES,
        reads: LOCK_READS,
        check: azureWithoutLock,
    },
    fixes: {
        [RDS_INSTANCE]: protects(rdsInstance),
        ...Object.fromEntries(AWS_CLUSTERS.map((type) => [type, protects(awsCluster)])),
        [CLOUD_SQL]: protects(cloudSql),
        [ALLOYDB_CLUSTER]: protects(alloyDb),
    },
};

const NOTHING_LEFT = "leaves nothing of the data when it is deleted";

const skipsSnapshot: Check = ({ inputs }) =>
    failIfOn(inputs.get("skipFinalSnapshot"), NOTHING_LEFT);

const skipsSnapshotUnlessReplica: Check = ({ inputs }) => {
    const skip = inputs.get("skipFinalSnapshot");
    // A replica cannot leave a snapshot.
    return failIf(and(isOn(skip, false), not(isRdsReplica(inputs))), skip, NOTHING_LEFT);
};

/** Data outlives its database. */
export const databaseFinalSnapshot: Rule = {
    id: "db-final-snapshot",
    title: "A database of production leaves a last snapshot when it is deleted.",
    why: "Automatic backups go with the database, so without a last snapshot a mistaken deletion is final.",
    clouds: ["aws"],
    pack: "reliability",
    severity: "medium",
    production: true,
    requirements: {},
    analogies: { HIPAA: ["164.308(a)(7)(ii)(A)"] },
    remediation:
        "Set skipFinalSnapshot to false, and finalSnapshotIdentifier to a name that stays the same from run to run.",
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    checks: {
        [RDS_INSTANCE]: skipsSnapshotUnlessReplica,
        ...forTypes([...AWS_CLUSTERS, REDSHIFT_CLUSTER], skipsSnapshot),
    },
};
