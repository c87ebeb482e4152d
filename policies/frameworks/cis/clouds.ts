import { OUT_OF_SIGHT, section, type Framework } from "../framework.ts";

const PARTLY =
    "Only the recommendations that rules name, and some that were looked up. The benchmark has many more, most of " +
    "them about the account.";

const OUTSIDE_OF_STACKS = [
    ...OUT_OF_SIGHT,
    "Every recommendation that is not listed here; the list is no measure of how much of the benchmark holds.",
];

/** CIS AWS Foundations Benchmark 7. Compared with Prowler's file for this version: section 2, 3.1.1, and 3.2.1 to 3.2.3. */
export const cisAws: Framework = {
    name: "cis-aws",
    standard: "CIS AWS",
    cloud: "aws",
    title: "CIS AWS Foundations Benchmark 7",
    list: PARTLY,
    outside: OUTSIDE_OF_STACKS,
    controls: [
        ...section("2 Identity", [
            ["2.1.1", "The organisation manages root access centrally", "elsewhere"],
            ["2.1.2", "Policies of the organisation bound all accounts", "elsewhere"],
            ["2.1.3", "The management account runs no workloads", "elsewhere"],
            ["2.18", "Access Analyzer looks for access from outside in all regions", "elsewhere"],
            ["2.19", "Users are managed in one place for all accounts", "elsewhere"],
            ["2.20", "Full access to CloudShell is restricted", "elsewhere"],
            ["2.21", "Policies of resources let nobody in by a wildcard"],
        ]),
        ...section("3 Storage", [
            ["3.1.1", "Buckets deny plain HTTP"],
            ["3.1.4", "Buckets block public access"],
            ["3.2.1", "RDS instances are encrypted"],
            ["3.2.2", "RDS instances take minor upgrades automatically"],
            ["3.2.3", "RDS instances are not open to the public"],
            ["3.2.4", "RDS instances stand in several zones"],
        ]),
        ...section("4 Logging", [
            ["4.6", "Symmetric keys rotate"],
            ["4.7", "Flow logs are on in every VPC"],
        ]),
        ...section("6 Network", [
            ["6.3", "No security group opens administration to all of IPv4"],
            ["6.4", "No security group opens administration to all of IPv6"],
            ["6.5", "Default security groups let nothing through"],
        ]),
    ],
};

/** CIS Microsoft Azure Foundations Benchmark 6. Compared with Prowler's file for this version: 8.3.8 to 8.3.11, 9.3.2.2 to 9.3.5. */
export const cisAzure: Framework = {
    name: "cis-azure",
    standard: "CIS Azure",
    cloud: "azure",
    title: "CIS Microsoft Azure Foundations Benchmark 6",
    list: PARTLY,
    outside: OUTSIDE_OF_STACKS,
    controls: [
        ...section("7 Network", [
            ["7.1", "RDP is not open to the Internet"],
            ["7.2", "SSH is not open to the Internet"],
            ["7.4", "HTTP and HTTPS from the Internet are restricted"],
            ["7.11", "Subnets have a network security group"],
        ]),
        ...section("8 Key vaults", [
            ["8.3.5", "Vaults are protected from purging"],
            ["8.3.6", "Vaults authorise by Azure RBAC"],
            ["8.3.7", "Vaults have no public network access"],
            ["8.3.8", "Vaults are reached by private endpoints"],
            ["8.3.9", "Keys rotate automatically"],
            ["8.3.10", "A managed HSM is used where one is required", "paper"],
            ["8.3.11", "Certificates are valid for a year at most"],
        ]),
        ...section("9 Storage", [
            ["9.2.1", "Deleted blobs can be restored"],
            ["9.2.3", "Blobs have versions"],
            ["9.3.1.3", "Shared keys do not sign in"],
            ["9.3.2.2", "Accounts have no public network access"],
            ["9.3.2.3", "Networks are denied unless allowed"],
            ["9.3.3.1", "The portal signs in by Entra ID unless told otherwise"],
            ["9.3.4", "Transfer has to be encrypted"],
            ["9.3.5", "Microsoft's trusted services have access"],
            ["9.3.6", "TLS is 1.2 at least"],
            ["9.3.8", "Nobody reads blobs anonymously"],
        ]),
    ],
};

/** CIS Google Cloud Platform Foundation Benchmark 5. Compared with Prowler's file for this version: 1.9 to 1.12. */
export const cisGcp: Framework = {
    name: "cis-gcp",
    standard: "CIS GCP",
    cloud: "gcp",
    title: "CIS Google Cloud Platform Foundation Benchmark 5",
    list: PARTLY,
    outside: OUTSIDE_OF_STACKS,
    controls: [
        ...section("1 Identity", [
            ["1.9", "Nobody both manages service accounts and uses them"],
            ["1.10", "Keys in Cloud KMS are not open to the public"],
            ["1.11", "Keys in Cloud KMS rotate within 90 days"],
            ["1.12", "Nobody both manages keys and uses them"],
        ]),
        ...section("3 Network", [
            ["3.1", "There is no default network"],
            ["3.2", "There are no legacy networks"],
            ["3.6", "SSH is not open to the Internet"],
            ["3.7", "RDP is not open to the Internet"],
            ["3.10", "Flow logs are on in every subnet"],
        ]),
        ...section("5 Storage", [
            ["5.1", "Buckets are not open to the public"],
            ["5.2", "Buckets have uniform access"],
        ]),
        ...section("6 Cloud SQL", [
            ["6.2.2", "PostgreSQL logs connections"],
            ["6.2.3", "PostgreSQL logs disconnections"],
            ["6.2.8", "PostgreSQL has pgAudit"],
            ["6.4", "Connections have to be encrypted"],
            ["6.5", "Not all of the Internet is authorised"],
            ["6.7", "Instances have no public address"],
            ["6.8", "Backups are automatic"],
        ]),
    ],
};
