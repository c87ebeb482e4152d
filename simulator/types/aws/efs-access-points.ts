import type { Draft, Refusal, TypeRule } from "../../table.ts";
import { arn, ec2Id, number, text, unless } from "./common.ts";

export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";

/** What is part of a file system vanishes with it, except mount targets. */
export const inFileSystem = {
    path: "fileSystemId",
    to: [FILE_SYSTEM],
    blocks: false,
    words: (id: string) => `api error FileSystemNotFound: File system '${id}' does not exist.`,
} as const;

const INVALID = "api error ValidationException:";

function checkAccessPoint({ inputs }: Draft): Refusal[] {
    const path = text(inputs, "rootDirectory.path");
    const permissions = text(inputs, "rootDirectory.creationInfo.permissions");
    return [
        ...unless(
            path === undefined ||
                (/^\/$|^(\/(?!\.)[^/$#<>;`|&?*^{}\\]+){1,4}$/.test(path) && path.length <= 100),
            `${INVALID} '${path}' at 'rootDirectory.path' failed to satisfy constraint: up to four subdirectories of 100 characters in all`,
            "rootDirectory.path",
        ),
        ...unless(
            permissions === undefined || /^[0-7]{3,4}$/.test(permissions),
            `${INVALID} '${permissions}' at 'rootDirectory.creationInfo.permissions' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-7]{3,4}$`,
            "rootDirectory.creationInfo.permissions",
        ),
        ...["uid", "gid"].flatMap((key) => {
            const id = number(inputs, `posixUser.${key}`) ?? 0;
            return unless(
                id >= 0 && id < 2 ** 32,
                `expected ${key} to be in the range (0 - 4294967295), got ${id}`,
                `posixUser.${key}`,
            );
        }),
    ];
}

/** A folder of a file system, with the user that everybody is taken for. */
export const accessPoint: TypeRule = {
    required: ["fileSystemId", "?posixUser.uid", "?posixUser.gid"],
    references: [inFileSystem],
    immutable: ["fileSystemId", "posixUser", "rootDirectory"],
    check: checkAccessPoint,
    id: ec2Id("fsap"),
    outputs: (draft, _world, id) => ({
        arn: arn(draft, "elasticfilesystem", `access-point/${id}`),
        fileSystemArn: arn(
            draft,
            "elasticfilesystem",
            `file-system/${text(draft.inputs, "fileSystemId") ?? ""}`,
        ),
        ownerId: draft.scope.account,
    }),
    seconds: { create: 5 },
};
