import * as pulumi from "@pulumi/pulumi";
import { applicationDefaults, applicationProfile } from "./settings/application-profiles.ts";
import { application } from "./settings/application-schema.ts";
import type { ApplicationSettings } from "./settings/application-types.ts";
import { layer } from "./settings/layers.ts";
import { describeProblems } from "./settings/problems.ts";
import { REQUIRED } from "./settings/resolve.ts";
import type { RawApplication } from "./settings/schema.ts";
import { readShape } from "./settings/shape.ts";
import type { Report } from "./settings/shape.ts";
import type { Environment } from "./settings/types.ts";

export { Application } from "./kubernetes/application/application.ts";
export type { ApplicationArgs } from "./kubernetes/application/application.ts";
export type { RawApplication } from "./settings/schema.ts";

/**
 * The settings of an application for programs that make the component themselves: written as in `platform:applications`,
 * read by the same schema, and completed by the defaults of its kind and environment.
 *
 * `new Application("shop", { application: "shop", settings: applicationSettings("shop", "prod", { image, port: 3000 }), … })`
 *
 * Throws one error with everything that is wrong. What only a whole site can tell, such as names of its services, is not
 * looked at here.
 */
export function applicationSettings(
    key: string,
    environment: Environment,
    said: RawApplication,
): ApplicationSettings {
    const path = `applications.${key}`;
    const report: Report = { problems: [], broken: new Set() };
    const own = readShape(application, said, path, report) ?? {};
    if (own.image === undefined && report.problems.length === 0) {
        const { fix } = REQUIRED.applications;
        report.problems.push({ path: `${path}.image`, message: "is missing", fix });
    }
    if (report.problems.length > 0) {
        throw new pulumi.RunError(describeProblems(report.problems, `Application ${key}`));
    }
    const { tree } = layer(
        [
            ["default", applicationDefaults(key, [own])],
            ["profile", applicationProfile(environment, [own])],
            ["stack", own],
        ],
        path,
    );
    // The defaults fill every place that the schema has, except the image, which was looked for.
    return tree as unknown as ApplicationSettings;
}
