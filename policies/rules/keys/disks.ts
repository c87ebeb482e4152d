import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    isOn,
    isPresent,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";

const VOLUME = "aws:ebs/volume:Volume";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const MACHINES = [
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
];
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

const PLAIN = "the disk is not encrypted";

const fileSystem: Check = ({ inputs }) => {
    const encrypted = inputs.get("encrypted");
    return failIf(not(isOn(encrypted, false)), encrypted, "the file system is not encrypted");
};

const byDefault: Check = ({ inputs }) => {
    const enabled = inputs.get("enabled");
    return failIf(not(isOn(enabled, true)), enabled, "leaves new disks unencrypted");
};

/** Whether the account encrypts new disks by itself where a resource is. The setting is one per account and region. */
function isEncryptedByDefault(resource: StackResource, defaults: readonly StackResource[]): Truth {
    return or(
        ...defaults.map((setting) =>
            and(isOn(setting.given.get("enabled"), true), isInSamePlace(setting, resource)),
        ),
    );
}

function isInSamePlace(setting: StackResource, resource: StackResource): Truth {
    const region = resource.given.get("region");
    const [here, there] = [region.text(), setting.given.get("region").text()];
    // Two providers may well be for the same account and region; what they are given is not told.
    if (setting.provider === resource.provider) {
        if (here.state === "absent" && there.state === "absent") return true;
        if (here.state === "known" && there.state === "known") return here.value === there.value;
    }
    return { unknown: region.path };
}

/** A disk made from a snapshot is encrypted as that is, unless it says otherwise. */
function diskVerdict(disk: Value, elsewhere: Truth): readonly Verdict[] {
    const encrypted = disk.get("encrypted");
    const snapshot = disk.get("snapshotId");
    const isCopy = encrypted.state === "absent" && isPresent(snapshot) !== false;
    const own: Truth = isCopy ? { unknown: snapshot.path } : isOn(encrypted, false);
    return failIf(not(or(own, elsewhere)), encrypted, PLAIN);
}

/** What a program does not describe is made as the machine's image has it, which nobody sees here. */
function undescribed(block: Value, elsewhere: Truth): readonly Verdict[] {
    return elsewhere === true ? [] : [{ state: "unknown", path: block.path }];
}

function machineVerdicts({ given }: StackResource, elsewhere: Truth): readonly Verdict[] {
    const root = given.get("rootBlockDevice");
    return [
        ...(root.state === "absent" ? undescribed(root, elsewhere) : diskVerdict(root, elsewhere)),
        ...each(given.get("ebsBlockDevices"), (disk) => diskVerdict(disk, elsewhere)),
    ];
}

function templateVerdicts({ given }: StackResource, elsewhere: Truth): readonly Verdict[] {
    const disks = given.get("blockDeviceMappings");
    if (disks.state === "absent") return undescribed(disks, elsewhere);
    return each(disks, (mapping) => {
        const disk = mapping.get("ebs");
        return disk.state === "absent" ? [] : diskVerdict(disk, elsewhere);
    });
}

function plainDisks(stack: Stack): readonly StackVerdict[] {
    const defaults = stack.all(BY_DEFAULT);
    const judge = (
        types: readonly string[],
        verdicts: (resource: StackResource, elsewhere: Truth) => readonly Verdict[],
    ) =>
        stack
            .all(...types)
            .flatMap((one) => on(one, verdicts(one, isEncryptedByDefault(one, defaults))));
    return [
        ...judge([VOLUME], ({ given }, elsewhere) => diskVerdict(given, elsewhere)),
        ...judge(MACHINES, machineVerdicts),
        ...judge([TEMPLATE], templateVerdicts),
    ];
}

/** Disks and file systems are encrypted. Azure and Google Cloud leave no choice. */
export const diskEncryptedAtRest: Rule = {
    id: "disk-encrypted-at-rest",
    title: "A disk or file system is encrypted.",
    why: "Snapshots of a plain disk can be shared and read outside the account, and nothing encrypts a disk afterwards.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["3.5.1"],
        HIPAA: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
    },
    analogies: { "SOC 2": ["PI1.5"], GDPR: ["32"] },
    remediation:
        "Set encrypted to true, which replaces the disk or file system, and name a kmsKeyId. To cover what no program describes, add an " +
        "aws.ebs.EncryptionByDefault for each region.",
    see: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    checks: { "aws:efs/fileSystem:FileSystem": fileSystem, [BY_DEFAULT]: byDefault },
    stack: { judges: [VOLUME, ...MACHINES, TEMPLATE], reads: [BY_DEFAULT], check: plainDisks },
    note:
        "A disk that a machine's description leaves to its image is unknown: an image of your own may be encrypted. One that is " +
        "described without the word is plain by default.",
};
