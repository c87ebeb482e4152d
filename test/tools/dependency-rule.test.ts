import assert from "node:assert/strict";
import { join } from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";

const ROOT = join(import.meta.dirname, "..", "..");
const linter = new Linter({ configType: "flat", cwd: ROOT });
const { default: config } = (await import(
    String(new URL("../../eslint.config.js", import.meta.url))
)) as {
    default: Linter.Config[];
};
const rules = config.filter((entry) => entry.rules?.["no-restricted-imports"] !== undefined);

/** The messages that an import in a file gives rise to. */
function refused(file: string, statement: string): number {
    const base = {
        files: ["**/*.{ts,js}"],
        languageOptions: { parser: tseslint.parser },
        plugins: { "@typescript-eslint": tseslint.plugin },
    };
    const found = linter.verify(statement, [base as Linter.Config, ...rules], join(ROOT, file));
    assert.ok(!found.some(({ fatal }) => fatal), JSON.stringify(found));
    return found.length;
}

describe("the dependency rule", () => {
    for (const [file, statement] of [
        ["components/lib/cidr.ts", 'import { createHash } from "node:crypto";'],
        ["components/lib/errors.ts", 'import * as pulumi from "@pulumi/pulumi";'],
        ["components/contracts/cluster.ts", 'import type * as pulumi from "@pulumi/pulumi";'],
        ["components/aws/cluster.ts", 'import { Cluster } from "@pulumi/aws/eks/cluster.js";'],
        ["components/aws/cluster.ts", 'import type { types } from "@pulumi/aws";'],
        ["components/aws/cluster.ts", 'import type { Cidr } from "../lib/cidr.ts";'],
        [
            "components/gcp/database.ts",
            'import { RandomPassword } from "@pulumi/random/randomPassword.js";',
        ],
        ["components/kubernetes/pod.ts", 'import type { Settings } from "../settings/types.ts";'],
        ["components/settings/parse.ts", 'import { AWS_LIMITS } from "../aws/limits.ts";'],
        ["policies/rules/iam.ts", 'import type { aws } from "@pulumi/aws";'],
        ["simulator/server.ts", 'import * as grpc from "@grpc/grpc-js";'],
        ["components/settings.ts", 'import * as pulumi from "@pulumi/pulumi";'],
        ["index.ts", 'import { loadCloud } from "./components/clouds.ts";'],
    ] as const) {
        it(`allows in ${file}: ${statement}`, () => assert.equal(refused(file, statement), 0));
    }

    for (const [file, statement] of [
        ["components/lib/cidr.ts", 'import * as pulumi from "@pulumi/pulumi";'],
        ["components/contracts/cluster.ts", 'import * as pulumi from "@pulumi/pulumi";'],
        ["components/contracts/cluster.ts", 'import type { x } from "@pulumi/aws";'],
        ["components/aws/cluster.ts", 'import { x } from "../azure/cluster.ts";'],
        ["components/aws/cluster.ts", 'import { x } from "@pulumi/gcp/container/cluster.js";'],
        ["components/aws/cluster.ts", 'import * as aws from "@pulumi/aws";'],
        ["components/aws/cluster.ts", 'import { Cluster } from "@pulumi/aws/eks/index.js";'],
        ["components/aws/cluster.ts", 'import { Cluster } from "@pulumi/aws/eks";'],
        ["components/aws/cluster.ts", 'await import("@pulumi/aws");'],
        ["components/aws/limits.ts", 'import { Cluster } from "@pulumi/aws/eks/cluster.js";'],
        ["components/aws/cluster.ts", 'import type { Settings } from "../settings/types.ts";'],
        ["components/aws/cluster.ts", 'import { Site } from "../site.ts";'],
        ["components/kubernetes/pod.ts", 'import { loadCloud } from "../clouds.ts";'],
        ["components/kubernetes/pod.ts", 'import { x } from "../aws/cluster.ts";'],
        ["components/kubernetes/pod.ts", 'import { x } from "../settings/types.ts";'],
        ["components/settings/parse.ts", 'import { x } from "../aws/cluster.ts";'],
        ["components/settings/parse.ts", 'import { getStack } from "@pulumi/pulumi";'],
        ["components/clouds.ts", 'import { Cluster } from "@pulumi/aws/eks/cluster.js";'],
        ["policies/rules/iam.ts", 'import platform from "../../index.ts";'],
        ["simulator/server.ts", 'import platform from "../index.ts";'],
        ["simulator/server.ts", 'import { findEngine } from "../tools/engine/find.ts";'],
        ["policies/rules/iam.ts", 'import { aws } from "@pulumi/aws/iam/role.js";'],
        ["policies/rules/iam.ts", 'import { x } from "../../components/lib/cidr.ts";'],
        ["simulator/types/aws.ts", 'import { x } from "../../components/aws/sizes.ts";'],
        ["index.ts", 'import { Cluster } from "@pulumi/aws/eks/cluster.js";'],
        ["components/site.ts", 'import { Provider } from "@pulumi/kubernetes/provider.js";'],
        ["tools/try.ts", 'import * as k8s from "@pulumi/kubernetes";'],
    ] as const) {
        it(`rejects in ${file}: ${statement}`, () => assert.ok(refused(file, statement) > 0));
    }
});
