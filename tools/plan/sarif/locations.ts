import type { Location, LogicalLocation, Result } from "sarif";
import { waiverRules } from "../../../policies/runtime/waivers.ts";
import type { Finding, Plan, PlannedResource, Position } from "../model.ts";

type Located = Pick<Result, "locations" | "relatedLocations">;

/** Deeper calls tell a reader nothing more. */
const MOST_CALLERS = 10;

const ABOUT_WAIVERS = new Set(waiverRules.map(({ id }) => id));

/** Finds where the files of the project make what a finding is about. */
export function locate({ resources, stack }: Plan): (finding: Finding) => Located {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    return ({ urn, rule }) => {
        const resource = byUrn.get(urn);
        if (resource === undefined) {
            const file = ABOUT_WAIVERS.has(rule) ? "policies/waivers.yaml" : stackFile(stack);
            return { locations: [physical({ file, line: 1 })] };
        }
        const { source } = resource;
        const made = physical(source ?? { file: "index.ts", line: 1 });
        const callers = (source?.callers ?? []).slice(0, MOST_CALLERS);
        return {
            locations: [{ ...made, logicalLocations: [logical(resource)] }],
            relatedLocations: callers.map((caller, index) => ({
                id: index + 1,
                ...physical(caller),
                message: { text: "called from here" },
            })),
        };
    };
}

function stackFile(stack: string): string {
    return `Pulumi.${stack}.yaml`;
}

function logical({ urn, name }: PlannedResource): LogicalLocation {
    return { name, fullyQualifiedName: urn, kind: "resource" };
}

function physical({ file, line }: Position): Location {
    const uri = file.split("/").map(encodeURIComponent).join("/");
    return {
        physicalLocation: {
            artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
            region: { startLine: line },
        },
    };
}
